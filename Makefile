PYTHON := .venv/bin/python
# Compiled code is kept: each of the many processes of a run would compile all of it anew.
export PYTHONDONTWRITEBYTECODE :=
# What `check --deploy` looks at: a site as docs/deploy.md describes it.
DEPLOY = DEBUG=0 SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	DATABASE_URL=postgres://agency:word@db.example/agency REDIS_URL=redis://broker.example/0 \
	SITE_URL=https://agency.example ALLOWED_HOSTS=agency.example PROXIES=1 \
	EMAIL_URL=smtp://mail.example STORAGE_URL=file:///srv/agency/files
# For looks at the code that need no server.
CODE = DEBUG=1 DATABASE_URL=postgres://127.0.0.1:1/none

help: ## what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: ## the whole product on this machine, with a demo agency
	@python3 -m agency.setup run
	@$(PYTHON) -m agency.launch run

test: ## everything that must hold before a change lands
	@python3 -m agency.setup test
	@$(PYTHON) -c 'from agency.translations import compile_all; compile_all()'
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check --quiet .
	@python3 -m agency.setup check-lock
	$(CODE) $(PYTHON) manage.py check --fail-level WARNING
	$(CODE) $(PYTHON) -W ignore::RuntimeWarning manage.py makemigrations --check
	$(CODE) $(PYTHON) manage.py translations --check
	@$(DEPLOY) $(PYTHON) manage.py check --deploy --fail-level WARNING
	@$(CODE) $(PYTHON) tests/rules.py --quiet
	$(PYTHON) -m pytest -n 3 $(PYTEST)

lint: ## format and look over the code
	@python3 -m agency.setup test
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

bench: ## figures as a table; never judges
	@python3 -m agency.setup test
	@$(PYTHON) -m agency.launch bench $(or $(BENCH),pages tick pdf)
	$(if $(BENCH),,@$(PYTHON) -m agency.launch bench jobs)
	$(if $(BENCH),,@$(PYTHON) -m agency.launch bench budgets)
	$(if $(BENCH),,@$(PYTHON) -m agency.launch bench week)
	$(if $(BENCH),,@$(PYTHON) -m agency.launch bench ads)

messages: ## collect strings for translation and compile them
	@python3 -m agency.setup test
	$(CODE) $(PYTHON) manage.py translations --collect

demo: ## a new private database and store, filled again
	@python3 -m agency.setup run
	@$(PYTHON) -m agency.launch demo

rules: ## which test shows which rule of docs/domain.md
	@python3 -m agency.setup test
	@$(CODE) $(PYTHON) tests/rules.py

lock: ## compile requirements*.in to hashed requirements*.txt
	@python3 -m agency.setup run
	@python3 -m agency.setup lock

clean: ## remove all that is not in the repository, private data too
	@python3 -m agency.setup clean

.PHONY: help run test lint bench messages demo rules lock clean
