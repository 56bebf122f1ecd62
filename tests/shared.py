"""The test material of the network's real world, where it lies beside this repository."""

from pathlib import Path

_BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
SHARED_DATA: Path | None = _BESIDE if _BESIDE.is_dir() else None
