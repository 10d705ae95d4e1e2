"""Text -> Vietnamese words with exact offsets into the text as typed, in time linear in its length.

underthesea's own word_tokenize hangs on "http://!!!!…" (a nested quantifier in its URL pattern) and rewrites tokens. Here
one flat pattern cuts syllables and marks, and underthesea's CRF tagger says which syllables make one word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from index.text import clean, expand, normalise

SYLLABLE = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+|[^\w\s]|_")
MAX_SYLLABLES = 500
"""Read of one text; the gateway admits 2,000 characters, so only rows of single marks reach this."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Token.text = slice of the typed text; Token.lemma = its normalised spelling, syllables joined by "_"."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> VietnameseTokenizer:
        return cls(config)

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        """Words in order; only the citizen's text is segmented, other attributes (intent names) are cut at spaces."""
        text = message.get(attribute) or ""
        if attribute != TEXT:
            return self._convert_words_to_tokens(text.split(), text) if text.split() else []
        return words(text)


def words(text: str) -> List[Token]:
    """Words of `text`; every token satisfies text[token.start:token.end] == token.text. [] for text without any mark."""
    found = list(SYLLABLE.finditer(text))[:MAX_SYLLABLES]
    if not found:
        return []
    lemmas, read = zip(*(_syllable(match.group()) for match in found))
    tags = _tagger().predict([[syllable] for syllable in read])
    result: List[Token] = []
    for match, lemma, tag in zip(found, lemmas, tags):
        if tag == "I-W" and result and match.group()[0].isalpha():
            start = result[-1].start
            result[-1] = Token(text[start : match.end()], start, match.end(), lemma=f"{result[-1].lemma}_{lemma}")
        else:
            result.append(Token(match.group(), match.start(), match.end(), lemma=lemma))
    return result


@lru_cache(maxsize=20_000)
def _syllable(typed: str) -> tuple[str, str]:
    """-> its lemma; what the tagger reads of it, composed: it knows no NFD, no surrogates."""
    return expand(normalise(typed)).replace(" ", "_") or typed, clean(typed) or "."


@lru_cache(maxsize=1)
def _tagger() -> Any:
    """underthesea's word CRF (VLSP 2013 model), loaded once, without the package's public function and its global state."""
    import underthesea.pipeline.word_tokenize as package
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger

    tagger = FastCRFSequenceTagger()
    tagger.load(Path(package.__file__).parent / "models" / "ws_crf_vlsp2013_20230727")
    return tagger
