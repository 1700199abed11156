from __future__ import annotations

import base64
import gzip
import hashlib
import os
import re
from pathlib import Path

import pytest
from streamlit import file_util

from course.web.assets import NO_SCRIPT, CompressedAssets, address_of, course_page
from tests.unit.web.asgi import behind, call

STREAMLIT = Path(file_util.get_static_dir())
GZIP = {"accept-encoding": "gzip"}


@pytest.fixture
def app(tmp_path: Path) -> CompressedAssets:
    (tmp_path / "streamlit" / "static" / "js").mkdir(parents=True)
    (tmp_path / "app").mkdir()
    (tmp_path / "streamlit" / "static" / "js" / "a.1b2c.js").write_text("let a = 1;" * 500)
    (tmp_path / "streamlit" / "secret.json").write_text("{}")
    (tmp_path / "app" / "style.css").write_text("p { margin: 0 }")
    (tmp_path / "app" / "font.woff2").write_bytes(b"wOF2")
    (tmp_path / "outside.css").write_text("outside")
    return CompressedAssets(behind, streamlit_static=tmp_path / "streamlit", app_static=tmp_path / "app")


def test_a_script_is_sent_compressed_and_kept_for_a_year(app: CompressedAssets) -> None:
    got = call(app, "/static/js/a.1b2c.js", headers=GZIP)
    assert got.status == 200
    assert gzip.decompress(got.body) == b"let a = 1;" * 500
    assert got.headers["content-type"] == "text/javascript; charset=utf-8"
    assert got.headers["content-length"] == str(len(got.body))
    assert "immutable" in got.headers["cache-control"]
    assert got.headers["vary"] == "Accept-Encoding"


def test_our_own_files_have_no_hash_in_their_name_and_are_asked_for_again(app: CompressedAssets) -> None:
    got = call(app, "/app/static/style.css", headers=GZIP)
    assert gzip.decompress(got.body) == b"p { margin: 0 }"
    assert "immutable" not in got.headers["cache-control"]


def test_a_changed_file_is_sent_anew(app: CompressedAssets, tmp_path: Path) -> None:
    call(app, "/app/static/style.css", headers=GZIP)
    file = tmp_path / "app" / "style.css"
    file.write_text("p { margin: 1px }")
    os.utime(file, (1, 1))
    assert gzip.decompress(call(app, "/app/static/style.css", headers=GZIP).body) == b"p { margin: 1px }"


def test_head_says_the_length_and_sends_nothing(app: CompressedAssets) -> None:
    got = call(app, "/static/js/a.1b2c.js", method="HEAD", headers=GZIP)
    assert got.body == b""
    assert got.headers["content-length"] == str(len(call(app, "/static/js/a.1b2c.js", headers=GZIP).body))


@pytest.mark.parametrize(
    "path",
    [
        "/app/static/../outside.css",
        "/app/static/../../outside.css",
        "/static/../secret.json",
        "/app/static//etc/hosts.css",
        "/app/static/",
        "/app/static/none.css",
    ],
)
def test_nothing_outside_the_folders_is_read(app: CompressedAssets, path: str) -> None:
    for headers in (GZIP, {}):
        assert call(app, path, headers=headers).status == 404


@pytest.mark.parametrize("path", ["/app/static/bad\x00name.css", "/app/static/" + "x" * 5000 + ".css"])
def test_an_odd_name_is_not_a_crash(app: CompressedAssets, path: str) -> None:
    assert call(app, path, headers=GZIP).status == 404


def test_a_script_of_an_older_version_is_not_answered_with_a_page(app: CompressedAssets) -> None:
    got = call(app, "/static/js/a.0000.js", headers=GZIP)
    assert got.status == 404
    assert not got.headers["content-type"].startswith("text/html")


def test_other_addresses_are_left_alone(app: CompressedAssets) -> None:
    assert call(app, "/", headers=GZIP).passed_on
    assert call(app, "/app/static/style.css", method="POST", headers=GZIP).passed_on


def test_what_is_compressed_already_is_left_to_streamlit(app: CompressedAssets) -> None:
    assert call(app, "/app/static/font.woff2", headers=GZIP).passed_on


def test_a_client_that_cannot_unpack_is_left_to_streamlit(app: CompressedAssets) -> None:
    assert call(app, "/app/static/style.css").passed_on
    assert call(app, "/app/static/style.css", headers={"accept-encoding": "gzip;q=0"}).passed_on


def test_the_page_is_streamlits_with_the_courses_name() -> None:
    page = course_page(STREAMLIT, title='Is <ketamine> "addictive"?', language="en-GB")
    html = page.html.decode()
    assert "<title>Is &lt;ketamine&gt; &quot;addictive&quot;?</title>" in html
    assert '<html lang="en-GB">' in html
    assert "<title>Streamlit</title>" not in html
    assert 'id="root"' in html


def test_the_page_points_at_files_that_exist() -> None:
    html = course_page(STREAMLIT, title="T", language="en").html.decode()
    named = [p for p in re.findall(r'(?:src|href)="([^"]+)"', html) if not p.startswith("/app/static/")]
    assert any(p.endswith(".js") for p in named)
    for path in named:
        assert path.startswith("/"), f"{path} would be looked up below the page's own address"
        assert (STREAMLIT / path.lstrip("/")).is_file(), path


def test_every_inline_script_is_in_the_policy() -> None:
    page = course_page(STREAMLIT, title="T", language="en")
    inline = re.findall(r"<script(?![^>]*src=)[^>]*>(.*?)</script>", page.html.decode(), flags=re.S)
    assert inline
    assert set(page.script_hashes) == {"sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in inline}


def test_it_asks_for_no_font_that_the_course_does_not_use() -> None:
    assert b"SourceSans" not in course_page(STREAMLIT, title="T", language="en").html


def test_without_javascript_the_page_says_so() -> None:
    html = course_page(STREAMLIT, title="T", language="en").html.decode()
    assert re.findall(r"<noscript>(.*?)</noscript>", html, flags=re.S) == [NO_SCRIPT]


def test_the_stylesheet_comes_last_so_that_it_has_the_last_word() -> None:
    html = course_page(STREAMLIT, title="T", language="en", stylesheet="/app/static/style.css?v=1").html.decode()
    assert '<link rel="stylesheet" href="/app/static/style.css?v=1"></body>' in html
    assert "style.css" not in course_page(STREAMLIT, title="T", language="en").html.decode()


def test_another_content_has_another_address(tmp_path: Path) -> None:
    file = tmp_path / "style.css"
    file.write_text("p { margin: 0 }")
    before = address_of(file)
    assert before.startswith("/app/static/style.css?v=")
    assert address_of(file) == before
    file.write_text("p { margin: 1px }")
    assert address_of(file) != before
