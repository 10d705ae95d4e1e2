"""Training data: the files of data/nlu, and the questions of data/phrasings with what each of them asks.

The phrasings are real questions about named procedures; for NLU only what they ask counts (`documents+fees:` -> both
aspects), so that the words of procedures tell it nothing. Named in config.yml, hence used by every Rasa command.
"""

from __future__ import annotations

from pathlib import Path
from typing import Dict, Iterator, List, Optional, Text, Union

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.aspects import PHRASING, SEVERAL
from index.phrasings import read_asked

PHRASINGS, RECORDS = Path("data/phrasings"), Path("data/procedures")


class PhrasingsImporter(RasaFileImporter):
    """Rasa's own file importer plus the phrasings beside the given training files."""

    def __init__(
        self,
        config_file: Optional[Text] = None,
        domain_path: Optional[Text] = None,
        training_data_paths: Optional[Union[List[Text], Text]] = None,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        root = Path(config_file).resolve().parent if config_file else Path()
        self._folder, self._records = root / PHRASINGS, root / RECORDS

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        """Both sources; a test file given on the command line stays alone, so that `rasa test nlu` measures what it is given."""
        data = super().get_nlu_data(language)
        if all("tests" in Path(path).parts for path in self._nlu_files) and self._nlu_files:
            return data
        return data.merge(TrainingData(training_examples=list(_examples(self._folder, self._records))))


def _examples(folder: Path, records: Path) -> Iterator[Message]:
    """Questions of procedures with a reviewed record: about 4,000. What is asked is said alike of the other 4,500, and training
    on all would take ten times as long."""
    reviewed = {path.name.split("-")[0] for path in records.rglob("*.yml")}
    for question in read_asked(folder):
        if question.code not in reviewed:
            continue
        intent = SEVERAL if len(question.aspects) > 1 else f"ask_{question.aspects[0]}"
        data: Dict[Text, object] = {
            TEXT: question.text,
            INTENT: intent,
            "metadata": {"example": {"aspects": list(question.aspects), PHRASING: True}},
        }
        yield Message(data=data)
