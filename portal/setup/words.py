"""What a start says while there is no Flask-Babel yet: Chinese, then English, on the error stream."""

import os
import re
import sys
import time
from typing import NoReturn

# The first that is found in pip's output explains the failure: pattern, Chinese, English.
TROUBLE = (
    (
        "No space left",
        "磁盘满了。请腾出约 500 MB 空间，再运行一次。",
        "The disk is full. Free about 500 MB, then run the same command again.",
    ),
    (
        "DO NOT MATCH THE HASHES|not the pip we know",
        "软件源 {index} 给的软件包与锁定的不符，没有安装。请换一个软件源（PIP_INDEX_URL）。",
        "The index {index} gave another package than the one locked; it was not installed. Set another PIP_INDEX_URL.",
    ),
    (
        "Failed to build|Failed building|metadata-generation-failed|subprocess-exited-with-error",
        "某个软件包没有适合这台电脑的现成版本，又编译不了。请用 64 位 Linux 或 macOS，Python 3.11 至 3.13。",
        "A package has no build for this machine and will not compile. Use 64-bit Linux or macOS, Python 3.11 to 3.13.",
    ),
    (
        "CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification",
        "软件源 {index} 的证书无法核实。请安装 ca-certificates；单位有自己的证书时设 PIP_CERT=证书文件。",
        "The certificate of the index {index} cannot be verified. Install ca-certificates, or set PIP_CERT to a file.",
    ),
    (
        "[Cc]onnect|[Tt]imed out|[Nn]ame resolution|Name or service|unreachable|ProxyError|urlopen error|HTTP [Ee]rror",
        "连不上软件源 {index}。请检查网络；要走代理时设 HTTPS_PROXY，用镜像时设 PIP_INDEX_URL，再运行一次。",
        "Cannot reach the index {index}. Check the network, or set HTTPS_PROXY or PIP_INDEX_URL (a mirror); run again.",
    ),
    (
        "No matching distribution|is not there",
        "软件源 {index} 里没有需要的版本。请把 PIP_INDEX_URL 设为一个完整的软件源，再运行一次。",
        "The index {index} lacks a version we need. Set PIP_INDEX_URL to a complete one, and run again.",
    ),
    (
        "",
        "没有装成。请再运行一次；仍不行时，请看 {log}。",
        "The installation failed. Run the same command again; if that does not help, read {log}.",
    ),
)


def say(chinese: str, english: str) -> None:
    """One thing, in both languages."""
    line(chinese)
    line(english)


def line(text: str) -> None:
    """One plain line, at once: whoever waits should see it now. A closed pipe is no reason to stop installing."""
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except BrokenPipeError:
        sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - it stays open until the end


def stop(chinese: str, english: str, code: int = 1) -> NoReturn:
    """Say why in both languages, and end."""
    say(chinese, english)
    raise SystemExit(code)


def explain(output: str, *, index: str, log: object) -> NoReturn:
    """End with what a person can do about this output, and its last line of substance below."""
    for pattern, chinese, english in TROUBLE:
        if re.search(pattern, output):
            errors = [text.strip() for text in output.splitlines() if re.search("error", text, re.IGNORECASE)]
            if errors:
                line(f"  ({errors[-1][:300]})")
            stop(chinese.format(index=index, log=log), english.format(index=index, log=log))
    raise AssertionError  # the last pattern matches everything


def since(began: float) -> str:
    """How long it has taken, in whole seconds."""
    return f"{time.monotonic() - began:.0f}"
