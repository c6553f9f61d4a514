"""Files and folders without permission: each costs one row or one finding, and nothing else."""

import pytest

from pipeline.store.raw import read_raw


@pytest.fixture
def raw(tmp_path):
    """An edition that can be read, beside which others are closed; all is opened again at the end."""
    folder = tmp_path / "raw"
    for name in ("open", "closed", "listed", "entered", "deep"):
        (folder / name).mkdir(parents=True)
        (folder / name / "page.txt").write_text("Ghent\n")
        (folder / name / "edition.toml").write_text("year = 2020\n")
        (folder / name / "corrections.csv").write_text("reason\n")
    (folder / "deep" / "in").mkdir()
    (folder / "deep" / "in" / "page.txt").write_text("Ghent\n")
    modes = {"closed": 0, "listed": 0o444, "entered": 0o111, "deep/in": 0, "open/edition.toml": 0}
    for name, mode in modes.items():
        (folder / name).chmod(mode)
    try:
        list((folder / "closed").iterdir())
    except PermissionError:
        yield folder
    else:
        pytest.skip("this user may open everything")
    finally:
        for name in modes:
            (folder / name).chmod(0o755)


def test_a_closed_folder_is_a_document_that_was_not_read(raw):
    """Whether it cannot be listed, or entered, or both."""
    found = read_raw(raw)
    failed = {i.source.path for i in found.inputs if i.failure}
    assert failed == {"raw/closed", "raw/listed", "raw/entered", "raw/deep/in"}
    assert [i.source.path for i in found.inputs if not i.failure] == [
        "raw/deep/page.txt",
        "raw/open/page.txt",
    ]
    about = {n.edition for n in found.notes}
    assert not about & {"closed", "listed"}


def test_a_closed_file_of_an_edition_says_so_in_plain_words(raw):
    """And the document beside it is read."""
    (told,) = [n for n in read_raw(raw).notes if n.check == "edition_file"]
    assert "edition.toml cannot be opened: permission denied; check its permi" in told.message


def test_a_run_goes_on(raw, run_pipeline, tmp_path):
    """The closed ones are named, and the status says that not all was read."""
    done = run_pipeline("extract", "--raw", raw, "--output", tmp_path / "out", check=1)
    assert "raw/closed: the file cannot be opened: permission denied" in done.stderr
