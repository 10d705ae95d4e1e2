# Every command lives here, once. `make` alone lists them.
SHELL := /bin/bash
VAR := $(or $(MOT_CUA_VAR),var)
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
PY := .venv/bin/python
CATALOGUE := $(or $(CATALOGUE),../shared/catalogue/portal-api.jsonl.xz)
QUESTIONS := $(or $(QUESTIONS),../shared/eval)
# Two threads to encode a release; servers and tests run with one (bot/quiet.py says why).
BUILD_ENV := OMP_NUM_THREADS=$(shell nproc) OMP_WAIT_POLICY=PASSIVE MOT_CUA_VAR=$(VAR)

.PHONY: help setup run serve test lint release train import staff-user check-data eval eval-search bench train-encoder calibrate gate clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/.done node_modules/.done ## uv itself if missing, the locked Python 3.11 environment, the staff pages' two libraries from npm

.venv/.done: uv.lock pyproject.toml .python-version
	@started=$$(date +%s); \
	if ! command -v uv >/dev/null && [ ! -x .uv/bin/uv ]; then echo "Cài uv (trình quản lý gói)…"; python3 -m venv .uv && .uv/bin/pip install --quiet uv==0.13.9; fi; \
	echo "Cài các gói đã khóa phiên bản…"; $(UV) sync --frozen --quiet && touch .venv/.done && echo "  xong sau $$(( $$(date +%s) - started )) giây"

# htmx and Chart.js, and what checks the widget. Without npm the staff's pages work too, only without live parts and charts.
node_modules/.done: package-lock.json
	@mkdir -p node_modules; \
	if command -v npm >/dev/null && npm ci --silent --no-audit --no-fund; then touch $@; \
	else echo "Không cài được htmx và Chart.js (cần npm): trang cán bộ vẫn chạy, chỉ không có biểu đồ và cập nhật tại chỗ. Có npm rồi chạy lại make setup."; fi

run: setup release train serve ## set up everything and serve http://localhost:8080

serve:
	@exec $(PY) -m bot.serve

release: setup ## data/, or what staff have published -> var/releases/<id>, made current
	@$(BUILD_ENV) $(PY) -m index.release build "$$($(PY) -m index.data_folder data $(VAR))" $(VAR)

train: setup ## nlu and rules of the same content, domain.yml -> var/models/<fingerprint>.tar.gz, made current
	@$(PY) -m bot.train $(VAR)

test: setup release train ## the whole test suite, a file a core at a time
	@$(PY) -m pytest -n logical --maxprocesses 4 --dist loadfile

lint: setup ## style of the code
	@.venv/bin/ruff check .

import: setup ## the national catalogue, FILE=file or folder [USE=file.csv], -> the content store and a report in var/imports
	@test -n "$(FILE)" || { echo "make import FILE=…: a .jsonl.xz, .jsonl or .json file, or a folder of those"; exit 1; }
	@$(PY) -m index.importer "$(FILE)" --var "$(VAR)" $(if $(USE),--use "$(USE)")

staff-user: setup ## a person for /can-bo, the first one an admin; asks, or LOGIN= NAME= ROLES= and MOT_CUA_STAFF_PASSWORD; RESET=1 for a new password
	@MOT_CUA_VAR=$(VAR) $(PY) -m bot.staff.people.cli $(if $(LOGIN),--login "$(LOGIN)") $(if $(NAME),--name "$(NAME)") $(if $(ROLES),--roles "$(ROLES)") $(if $(RESET),--reset)

check-data: setup ## refuse bad records, name what ends within 60 days [of AS_OF=day]; compare with the national catalogue when it is there
	@$(PY) -m index.check data --catalogue $(CATALOGUE) $(if $(AS_OF),--as-of $(AS_OF)); records=$$?; \
	$(PY) -m actions.check_holidays data; holidays=$$?; \
	$(PY) -m actions.texts_list data; exit $$(( records | holidays | $$? ))

eval: setup release train ## our own retrieval set, then the questions of QUESTIONS=dir against a real server
	@$(PY) -m tools.eval $(QUESTIONS)

bench: setup release train ## latency, throughput, memory, start times; beside a stock Rasa set-up
	@$(PY) -m tools.bench

train-encoder: ## the encoder tuned on data/phrasings, in an environment of its own (36 minutes on 2 quiet cores with AVX2, less with 16-bit floats)
	@test -x .venv-training/bin/python || python3 -m venv .venv-training
	@.venv-training/bin/pip install --quiet -r training/requirements.txt
	@OMP_NUM_THREADS=$(shell nproc) .venv-training/bin/python -m training.train_encoder index/model/e5-vi.bin --catalogue $(CATALOGUE)
	@.venv-training/bin/python -m training.ranges index/model/e5-vi.bin index/model/e5-vi.ranges.npz

calibrate: setup release ## search weights and thresholds, fitted on tests/retrieval, for index/settings.py
	@$(PY) -m tools.calibrate $(VAR)

gate: setup release train ## when a first message is a question, fitted on held-out messages, for actions/gate.py; with the whole catalogue in VAR
	@$(PY) -m tools.gate $(VAR)

clean: ## remove what was built; the environment stays
	@rm -rf $(VAR) models .rasa
