"""The four verbs on texts and lists of texts."""

import pickle
import threading
import time

import pytest

import unspin

TOO_LONG = "a" * ((16 << 20) + 1)


def test_check_says_whether_and_where(spun, clean):
    result = unspin.check(spun)
    assert (result.verdict, result.family) == ("spun", "blog")
    first = result.findings[0]
    assert spun[first.char_start : first.char_end] == first.text == "Overseas"
    assert spun.encode()[first.byte_start : first.byte_end].decode() == "Overseas"
    assert first.replacements[0].value == "Foreign"
    assert first.evidence.canonical == "foreign" and first.explanation == []
    assert unspin.check(spun, explain=True).findings[0].explanation[0].grounds
    assert unspin.check(clean).verdict == "clean" and unspin.check(clean).findings == []
    assert len(unspin.check(spun, min_confidence=0.9).findings) < len(result.findings)


def test_fix_writes_back_and_its_edits_say_how(spun, clean):
    result = unspin.fix(spun)
    text, shift = spun.encode(), 0
    for edit in result.edits:
        assert spun.encode()[edit.start : edit.end].decode() == edit.before
        if edit.outcome == "applied":
            text = text[: edit.start + shift] + edit.after.encode() + text[edit.end + shift :]
            shift += len(edit.after.encode()) - (edit.end - edit.start)
    assert text.decode() == result.text != spun
    assert unspin.fix(clean).text == clean
    assert unspin.fix(result.text).text == result.text


def test_options_of_fix_do_what_they_say(spun):
    applied = lambda **options: [e for e in unspin.fix(spun, **options).edits if e.outcome == "applied"]
    assert all(edit.applicability == "safe" for edit in applied(safe=True))
    assert len(applied(safe=True)) < len(applied()) < len(applied(min_confidence=0.0))
    assert not any(edit.in_quotation for edit in applied(quotes="keep"))
    note = "The river flooded in Could, killing no less than 9 folks."
    assert unspin.fix(note).text == note
    assert "killing at least" in unspin.fix(note, any_verdict=True).text
    score = unspin.fix(spun, score=True).score
    before, after = score.before["flesch_reading_ease"], score.after["flesch_reading_ease"]
    assert score.difference["flesch_reading_ease"] == pytest.approx(after - before, abs=1e-5)


def test_clean_gives_the_article_alone(scraped):
    result = unspin.clean(scraped, split=True)
    assert result.page == "article" and result.second_article and len(result.articles) == 1
    assert result.metadata.byline == "Anna Hale" and result.extraction is None
    assert {"furniture", "second-article"} <= {cut.rule for cut in result.cuts}
    assert "Skip to content" not in result.text
    page = "<html><body><article><p>The r\u00edver flooded in May, and a dam broke.</p></article></body></html>"
    for encoded in (page, page.encode("utf-8"), page.encode("windows-1252")):
        result = unspin.clean(encoded)
        assert result.text == "The r\u00edver flooded in May, and a dam broke.\n"
        assert result.extraction.format == "html"
    with pytest.raises(unspin.TextError, match="no article"):
        unspin.clean("<html><body></body></html>")


def test_score_measures(spun):
    result = unspin.score(spun)
    assert result.verdict == "spun" and not result.translation.translated
    assert result.readability["words"] == 434 and isinstance(result.readability["words"], int)
    assert unspin.score("").readability["grade"] is None


@pytest.mark.parametrize("verb", ["check", "fix", "clean", "score"])
def test_a_list_gives_the_same_as_each_text(verb, texts):
    one, many = getattr(unspin, verb), getattr(unspin, f"{verb}_batch")
    expected = [one(text) for text in texts]
    assert many(texts) == many(tuple(texts), threads=1) == many(texts, threads=3) == expected
    assert many([]) == []
    # More than are done between two looks at signals.
    assert many([texts[2]] * 2500) == [expected[2]] * 2500


def test_errors_are_raised_or_returned():
    with pytest.raises(unspin.TextError, match=r"^text 1: a text of 16777217 bytes: at most 16777216"):
        unspin.check_batch(["a", TOO_LONG])
    first, second = unspin.fix_batch(["a", TOO_LONG], errors="return")
    assert first.text == "a" and isinstance(second, unspin.TextError) and isinstance(second, ValueError)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"min_confidence": 1.5}, ValueError, "min_confidence: give a number from 0 to 1"),
        ({"min_confidence": "much"}, TypeError, "min_confidence: give a number from 0 to 1"),
        ({"quotes": "drop"}, ValueError, 'quotes: give one of "fix", "ask", "keep", not "drop"'),
        ({"any_verdict": 1.0}, TypeError, "any_verdict: give True or False"),
        ({"safe": True, "min_confidence": 0.5}, ValueError, "safe and min_confidence exclude each other"),
        ({"version": "newest"}, ValueError, 'version: give "old", "new" or a number'),
        ({"threads": 2}, TypeError, "unexpected keyword argument 'threads'"),
        ({"min_confidense": 0.5}, TypeError, "unexpected keyword argument 'min_confidense'"),
    ],
)
def test_wrong_options_are_told(options, error, message):
    with pytest.raises(error, match=message):
        unspin.fix("text", **options)


def test_wrong_texts_are_told():
    with pytest.raises(TypeError):
        unspin.check(b"bytes")
    with pytest.raises(TypeError):
        unspin.check_batch("one text, not a list")
    with pytest.raises(TypeError):
        unspin.check_batch(["text", None])
    with pytest.raises(ValueError, match="threads: give a whole number from 1"):
        unspin.check_batch([], threads=0)


def test_objects_are_values(spun, scraped):
    for result in (unspin.check(spun), unspin.fix(spun, score=True), unspin.score(spun), unspin.clean(scraped)):
        assert pickle.loads(pickle.dumps(result)) == result == type(result).from_json(result.to_json())
        assert set(result.to_dict()) == {name for name in dir(type(result)) if not name.startswith("_")} - {
            "to_dict",
            "to_json",
            "from_json",
        }
        assert repr(result).startswith(f"{type(result).__name__}(")
        with pytest.raises(AttributeError):
            result.verdict = "clean"
    with pytest.raises(ValueError, match="not the JSON of this object"):
        unspin.CheckResult.from_json("{}")


def test_an_engine_takes_dictionaries(tmp_path, spun):
    rows = tmp_path / "ours.tsv"
    rows.write_text("spun\tcanonical\ncounterfeit consciousness\tartificial intelligence\n", encoding="utf-8")
    text = "We study counterfeit consciousness here."
    engine = unspin.Engine(dict=rows)
    sources = lambda engine: {f.text: f.evidence.source for f in engine.check(text, any_verdict=True).findings}
    assert sources(unspin.builtin) == {"counterfeit consciousness": "pps"}
    assert sources(engine)["counterfeit consciousness"] == "user"
    again = pickle.loads(pickle.dumps(engine))
    assert again.check(text, any_verdict=True) == unspin.Engine(dict=[str(rows)]).check(text, any_verdict=True)
    assert pickle.loads(pickle.dumps(unspin.check))(spun) == unspin.check(spun)
    with pytest.raises(OSError, match="none.fst: "):
        unspin.Engine(dict="none.fst")
    rows.write_text("spun\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"ours\.tsv:1: "):
        unspin.Engine(dict=rows)
    with pytest.raises(ValueError, match="not a language model"):
        unspin.Engine(model=rows)


def test_an_engine_passes_over_clean_texts(clean, spun):
    engine = unspin.Engine(screen=True)
    assert [result.verdict for result in engine.check_batch([clean, spun])] == ["passed_over", "spun"]
    assert engine.check(clean).findings == [] and engine.check(spun) == unspin.check(spun)
    assert engine.score(clean) == unspin.score(clean)
    assert pickle.loads(pickle.dumps(engine)).fix(clean).verdict == "passed_over"
    with pytest.raises(ValueError, match="learned for the built-in"):
        unspin.Engine(dict=["ours.tsv"], screen=True)


def test_the_gil_is_released(spun):
    """While one thread works, another one counts."""
    ends, count = threading.Event(), 0
    thread = threading.Thread(target=lambda: (unspin.fix_batch([spun] * 200, threads=1), ends.set()))
    thread.start()
    while not ends.is_set():
        count += 1
        time.sleep(0.001)
    thread.join()
    assert count > 10
