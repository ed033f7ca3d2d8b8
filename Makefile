# One command each: `make serve` opens the pages, `make test` proves everything. Both start from a bare clone.
# Needs Python 3.11 or newer; `make test` also needs the system programs named below.

PYTHON ?= python3
OFFICE ?= office
PORT ?= 8866
VENV := .venv
BIN := $(VENV)/bin
CHECKED := src widgets tests benchmarks

SYSTEM_PROGRAMS := chromium soffice pdftoppm
SYSTEM_FONTS := "Liberation Serif" "Noto Sans"
SYSTEM_PACKAGES := chromium libreoffice-calc poppler-utils fonts-liberation fonts-noto-core fontconfig postgresql

.DEFAULT_GOAL := help
.PHONY: help serve test lint types corpus fuzz simulate machines docs pictures bench wheel clean

help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

serve: $(VENV)/.ready-to-serve $(VENV)/.tried-native ## Set up, make a sample office, open the pages
	@ls $(OFFICE)/so/*.xlsx >/dev/null 2>&1 || $(BIN)/chibo demo $(OFFICE) --cells 12 --seed 1
	@echo "Mở http://127.0.0.1:$(PORT)/ trong trình duyệt: trang «Sổ của chi bộ» để ghi và chấm, trang «Tổng hợp» để làm biểu."
	@echo "Sổ mẫu nằm trong $(OFFICE)/so. Dừng: Ctrl+C."
	$(BIN)/chibo serve --home $(OFFICE) --port $(PORT) --no-browser

# Tests start hundreds of processes: each would compile what it loads anew where nothing compiled is kept.
test: $(VENV)/.ready-to-test $(VENV)/.tried-native $(VENV)/.ready-system lint types ## Lint, types, import floors and all tests with coverage
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term --cov-fail-under=90

lint: $(VENV)/.ready-to-test ## Style, form and import floors
	$(BIN)/ruff check $(wildcard $(CHECKED))
	$(BIN)/ruff format --check $(wildcard $(CHECKED))
	$(BIN)/lint-imports --no-cache

types: $(VENV)/.ready-to-test ## Types
	$(BIN)/mypy

docs: $(VENV)/.ready-to-serve ## Write the generated pages of docs/ anew
	$(BIN)/python -m chibo.cli.manual docs
	$(BIN)/python -m chibo.cli.findings_page docs

corpus: $(VENV)/.ready-to-test $(VENV)/.tried-native $(VENV)/.ready-system ## Go through the whole corpus (CHIBO_CORPUS names it); CORPUS="-k seed2": a piece of it
	CHIBO_CORPUS_WHOLE=1 $(BIN)/pytest -m corpus -q -rP --durations=0 $(CORPUS)

fuzz: $(VENV)/.ready-to-test $(VENV)/.tried-native $(VENV)/.ready-system ## Try CHIBO_FUZZ mutants of each book, drawn anew, and record at random in many workbooks
	CHIBO_FUZZ=$${CHIBO_FUZZ:-5000} CHIBO_FUZZ_SEED=$${CHIBO_FUZZ_SEED:-$$(date +%s)} CHIBO_FUZZ_BOOKS=400 \
	  $(BIN)/pytest tests/fuzz tests/patching/test_random_acts.py --numprocesses auto -q

simulate: $(VENV)/.ready-to-test $(VENV)/.tried-native ## Play 320 cells over two years through an office, held against SQL (SIMULATE="--by month": longer)
	cd tests && ../$(BIN)/python -m simulation $(SIMULATE)

machines: $(VENV)/.ready-to-test ## Try the cluster on machines that are really others: Linux namespaces, as root
	$(BIN)/pytest tests/machines/trial.py -q

pictures: $(VENV)/.ready-to-test $(VENV)/.ready-system ## Take the pictures of docs/images/ anew
	CHIBO_DOCS_IMAGES=1 $(BIN)/pytest -m browser -q

bench: $(VENV)/.ready-to-test $(VENV)/.tried-native ## Measure against other ways of doing the same work
	$(BIN)/python benchmarks/run.py --books 50 --books 500 --repeat 3 --out docs/performance.md

wheel: $(VENV)/.ready-to-test ## Build the distribution into dist/
	$(BIN)/python -m build --wheel

clean: ## Remove what these targets made, the sample office excepted
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.*

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Cần Python 3.11 trở lên; $(PYTHON) là $$($(PYTHON) --version 2>&1). Chỉ định bản khác: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Không tạo được môi trường Python. Trên Debian, Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.ready-to-serve: pyproject.toml | $(VENV)/.made
	@echo "Đang cài Chibo vào $(VENV); lần đầu mất vài phút."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.ready-to-test: pyproject.toml | $(VENV)/.made
	@echo "Đang cài Chibo và các công cụ kiểm thử vào $(VENV); lần đầu mất vài phút."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/.ready-to-serve

# Compiled where there is a C compiler; Chibo gives the same answers without it, only later.
$(VENV)/.tried-native: native/pyproject.toml $(wildcard native/src/chibo_native/*.p*) | $(VENV)/.made
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --force-reinstall ./native >$(VENV)/native.log 2>&1 \
	  || echo "Phần đọc nhanh (native/) không biên dịch được ở đây (xem $(VENV)/native.log): Chibo vẫn đọc đúng như thế, chậm hơn."
	@touch $@

# Installs with apt-get where it may; elsewhere it names what is missing.
$(VENV)/.ready-system: | $(VENV)/.made
	@missing() { \
	  for program in $(SYSTEM_PROGRAMS); do command -v $$program >/dev/null || echo "$$program"; done; \
	  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql; \
	  for font in $(SYSTEM_FONTS); do fc-list 2>/dev/null | grep -q "$$font" || echo "font $$font"; done; }; \
	if [ -n "$$(missing)" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(SYSTEM_PACKAGES); \
	fi; \
	if [ -n "$$(missing)" ]; then \
	  echo "Còn thiếu để chạy kiểm thử:"; missing | sed 's/^/  - /'; \
	  echo "Trên Debian, Ubuntu: sudo apt-get install $(SYSTEM_PACKAGES)"; exit 1; \
	fi
	@touch $@
