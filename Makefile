# Every task of the project. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help serve relay dev build test bench lint prices record setup clean

export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/node_modules/.bin:$(PATH)
# Trunk 0.21 takes NO_COLOR=1 for a wrong argument.
TRUNK := env -u NO_COLOR trunk

help: ## list these tasks
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

serve: build ## build, fetch a small model once (MODEL=none: do not), serve on 127.0.0.1 (PORT=9000: that port)
	@node scripts/model.mjs
	@node scripts/serve.mjs dist models

relay: ## start a relay on this machine for providers that let no page call them (APP=https://… for the page's origin, docs/relay.md)
	@node scripts/relay/relay.mjs

dev: ## build fast and reload the page on every change (PORT=9000 for another port)
	@sh scripts/setup.sh build
	$(TRUNK) serve --address 127.0.0.1 --port $(or $(PORT),8080) --dist target/dev-dist

build: ## build dist/, which any static host can serve
	@sh scripts/setup.sh build
	@echo "Building the release bundle (2 to 5 minutes the first time)" >&2
	$(TRUNK) build --release

test: ## run every check and test (ONLY="native wasm" for some of the stages)
	@sh scripts/setup.sh test
	@node scripts/test.mjs $(ONLY)

bench: ## print how fast it is, beside others (ONLY="clock stream" for some, WRITE=1 to keep the figures)
	@sh scripts/setup.sh test
	@cd tests/bench && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts >&2; }
	$(TRUNK) build --release
	@CHROMIUM=$$(sh scripts/find-browser.sh chromium) node tests/bench/bench.mjs $(if $(WRITE),--write) $(ONLY)

lint: ## check format and lints only
	@sh scripts/setup.sh build
	@node scripts/test.mjs format clippy clippy-wasm

prices: ## make public/prices.json and docs/price-differences.md again from the pinned catalogues
	python3 scripts/prices/build.py

record: build ## make the recordings of public/gallery again from real runs of the small model (ONLY="seeds code" for some)
	@node scripts/model.mjs
	@CHROMIUM=$$(sh scripts/find-browser.sh chromium) ONLY="$(ONLY)" node scripts/record.mjs

setup: ## install everything that the other tasks need
	@sh scripts/setup.sh test

clean: ## remove what was built (the tools stay; delete .tools and node_modules for those)
	rm -rf dist target
