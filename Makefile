# Alles wat u met het portaal kunt doen. `make help` noemt het.
PYTHON ?= python3.11
PORT ?= 8000
BIN := .venv/bin
LOCAL := var/local.env
# Links in mails and on pages lead to the port that was chosen.
HERE := PORTAL_ENV_FILE=$(LOCAL) PORTAL_URL=$${PORTAL_URL:-http://localhost:$(PORT)}
MANAGE := $(HERE) $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help run dev serve test check screens bench abuse lock clean

help: ## noem de commando's
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

.venv/bin/python:
	@echo "== Een eigen omgeving maken in .venv"
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt | .venv/bin/python
	@echo "== Pakketten installeren (de eerste keer een minuut)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt | .venv/bin/python
	@echo "== Pakketten voor tests installeren"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run.stamp

$(LOCAL): | .venv/run.stamp
	@$(BIN)/python tools/local_settings.py $(LOCAL)

.PHONY: prepare
prepare: .venv/run.stamp $(LOCAL)
	@echo "== Bestanden, database en inhoud klaarzetten"
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) migrate --noinput --verbosity 0
	@$(MANAGE) load_content --samples
	@$(MANAGE) make_demo_accounts

run: prepare ## start het portaal zoals een bezoeker het ziet (PORT=8017 kiest een andere poort)
	@$(HERE) $(BIN)/python tools/serve.py --port $(PORT)

dev: prepare ## start met foutmeldingen op het scherm en herladen
	@DEBUG=on $(MANAGE) runserver $(PORT)

serve: .venv/run.stamp ## start zoals in productie: alle instellingen uit de omgeving
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@$(BIN)/python manage.py migrate --noinput --verbosity 1
	@$(BIN)/python tools/serve.py --port $(PORT)

test: .venv/dev.stamp ## draai alle tests, ook die in een browser
	@tools/install_browser
	@tools/install_pdf
	@tools/tests

check: .venv/dev.stamp ## stijl, sjablonen, migraties, veiligheid
	@tools/check

screens: .venv/dev.stamp ## een plaatje van elke pagina, in screens/
	@tools/install_browser
	@$(BIN)/python tools/screens.py

bench: .venv/dev.stamp ## meet hoe snel elke pagina is, op SQLite en PostgreSQL (BENCH_FACTOR=1 laat de grote meting weg)
	@$(BIN)/python -m tools.bench $(BENCH)

abuse: .venv/dev.stamp ## stuur 10.000 vijandige formulieren en bestanden (ABUSE_TIMES kiest een ander aantal)
	@$(BIN)/python tools/abuse.py

lock: .venv/dev.stamp ## zet de versies van alle pakketten opnieuw vast
	@$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	@$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml --group dev -o requirements-dev.txt

clean: ## gooi weg wat opnieuw gemaakt kan worden; de database blijft
	@rm -rf .venv staticfiles screens .pytest_cache .ruff_cache .hypothesis
