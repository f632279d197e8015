//! Tables in and out: what is in them stays, and the results are those of JSON Lines.
#![cfg(feature = "parquet")]

mod common;

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{Int32Builder, ListBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int64Array, LargeStringArray, RecordBatch,
    StringArray, StringViewArray, StructArray, TimestampMicrosecondArray,
};
use arrow_schema::{DataType, Field};
use common::{Run, program, run, sample, sandbox};
use flate2::write::GzEncoder;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
use parquet::file::metadata::{KeyValue, RowGroupMetaData};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::{Value, json};

/// Texts of all kinds: spun, clean, short, and one that is null.
fn texts(count: usize) -> Vec<Option<String>> {
    let (spun, clean) = (sample("spun.txt"), sample("clean.txt"));
    let text = |number: usize| match number % 6 {
        0 => Some(spun.chars().take(900 + number % 7).collect()),
        4 => Some("Short.".to_owned()),
        5 if number % 4 == 3 => None,
        _ => Some(clean.chars().take(700 + number % 11).collect()),
    };
    (0..count).map(text).collect()
}

/// A table with columns of many types around the texts.
fn table(text: ArrayRef) -> RecordBatch {
    let rows = text.len();
    let numbers = || (0_i64..).take(rows);
    let mut lists = ListBuilder::new(Int32Builder::new());
    for number in 0..rows {
        (0..number % 4).for_each(|item| lists.values().append_option((item != 2).then_some(7)));
        lists.append(number % 5 != 0);
    }
    let inner: ArrayRef = Arc::new(numbers().map(|n| (n % 2 == 0).then_some(n)).collect::<Int64Array>());
    let group = StructArray::from(vec![
        (Arc::new(Field::new("inner", DataType::Int64, true)), inner),
        (
            Arc::new(Field::new("list", lists.finish_cloned().data_type().clone(), true)),
            Arc::new(lists.finish_cloned()) as _,
        ),
    ]);
    let times = TimestampMicrosecondArray::from_iter_values(numbers()).with_timezone("Europe/Berlin");
    RecordBatch::try_from_iter_with_nullable([
        (
            "id",
            Arc::new(StringArray::from_iter_values(numbers().map(|n| format!("n{n}")))) as ArrayRef,
            false,
        ),
        ("lists", Arc::new(lists.finish()), true),
        ("text", text, true),
        ("group", Arc::new(group), true),
        (
            "flag",
            Arc::new(numbers().map(|n| (n % 3 != 0).then_some(n % 2 == 0)).collect::<BooleanArray>()),
            true,
        ),
        (
            "number",
            Arc::new(numbers().map(|n| (n % 7 != 0).then_some(n as f64 / 3.0)).collect::<Float64Array>()),
            true,
        ),
        ("time", Arc::new(times), false),
        (
            "kind",
            Arc::new(
                numbers()
                    .map(|n| Some(if n % 3 == 0 { "a" } else { "b" }))
                    .collect::<DictionaryArray<arrow_array::types::Int8Type>>(),
            ),
            true,
        ),
    ])
    .unwrap()
}

fn write(path: &Path, table: &RecordBatch, rows_of_a_group: usize, compression: Compression) {
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(rows_of_a_group))
        .set_compression(compression)
        .set_key_value_metadata(Some(vec![KeyValue::new("made".to_owned(), "here".to_owned())]))
        .build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), table.schema(), Some(properties)).unwrap();
    writer.write(table).unwrap();
    writer.close().unwrap();
}

/// All rows of a file.
fn read(path: &Path) -> RecordBatch {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let schema = Arc::clone(reader.schema());
    let batches: Vec<RecordBatch> =
        reader.with_batch_size(1 << 20).build().unwrap().map(Result::unwrap).collect();
    assert!(batches.len() <= 1, "all rows at once");
    batches.into_iter().next().unwrap_or_else(|| RecordBatch::new_empty(schema))
}

/// A table as rows of JSON, nulls left out.
fn json(table: &RecordBatch) -> Vec<Value> {
    let mut writer = arrow_json::LineDelimitedWriter::new(Vec::new());
    writer.write(table).unwrap();
    writer.finish().unwrap();
    let bytes = writer.into_inner();
    std::str::from_utf8(&bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Leaves out what is null, as [`json()`] does.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            fields.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, without_nulls(v))).collect()
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

fn strings(count: usize) -> ArrayRef {
    Arc::new(StringArray::from(texts(count)))
}

/// What is beside text and results is as it was.
fn assert_others_equal(before: &RecordBatch, after: &RecordBatch) {
    assert_eq!(before.num_rows(), after.num_rows());
    assert_eq!(after.num_columns(), before.num_columns() + 1);
    for (number, field) in before.schema().fields().iter().enumerate() {
        assert_eq!(field.as_ref(), after.schema().field(number));
        if field.name() != "text" {
            assert_eq!(before.column(number), after.column(number), "{}", field.name());
        }
    }
    assert_eq!(after.schema().fields().last().unwrap().name(), "unspin");
}

#[test]
fn other_columns_stay_and_results_are_those_of_json_lines() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    let (count, rows) = (130, texts(130));
    let before = table(strings(count));
    write(&path("in.parquet"), &before, 37, Compression::SNAPPY);
    let lines = rows
        .iter()
        .enumerate()
        .map(|(n, text)| json!({"id": format!("n{n}"), "text": text}).to_string() + "\n");
    fs::write(path("in.jsonl"), lines.collect::<String>()).unwrap();
    let commands: [&[&str]; 7] = [
        &["check"],
        &["fix"],
        &["fix", "--score"],
        &["fix", "--clean"],
        &["clean"],
        &["clean", "--split"],
        &["score"],
    ];
    for command in commands {
        let with =
            |more: &[&str]| run(folder.path(), &[command, &["-q", "--jsonl"], more].concat(), b"").exits(2);
        let expected = with(&["in.jsonl"]).rows();
        with(&["in.parquet", "-o", "out.parquet", "--threads", "3"]);
        let after = read(&path("out.parquet"));
        assert_others_equal(&before, &after);
        let found = json(&after.project(&[0, 2, 8]).unwrap());
        assert_eq!(found.len(), expected.len());
        for (number, (found, expected)) in found.into_iter().zip(expected).enumerate() {
            if expected.get("error").is_some() {
                let error = "field `text` is not a text: it is null";
                assert_eq!(found, json!({"id": format!("n{number}"), "unspin": {"error": error}}));
            } else {
                assert_eq!(found, without_nulls(expected), "{command:?}, row {number}");
            }
        }
    }
}

#[test]
fn row_groups_metadata_and_compression_stay() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
        Compression::LZ4_RAW,
        Compression::ZSTD(ZstdLevel::default()),
    ];
    for codec in codecs {
        write(&path("in.parquet"), &table(strings(40)), 13, codec);
        run(folder.path(), &["fix", "-q", "--jsonl", "in.parquet", "-o", "out.parquet"], b"").exits(2);
        let out = SerializedFileReader::new(File::open(path("out.parquet")).unwrap()).unwrap();
        let groups: Vec<i64> = out.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
        assert_eq!(groups, [13, 13, 13, 1]);
        assert!(
            out.metadata()
                .row_groups()
                .iter()
                .flat_map(RowGroupMetaData::columns)
                .all(|c| c.compression() == codec)
        );
        let entries = out.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(entries.iter().any(|entry| entry.key == "made" && entry.value.as_deref() == Some("here")));
    }
}

#[test]
fn large_row_groups_are_split() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    let before = table(strings(120));
    write(&path("in.parquet"), &before, 1000, Compression::SNAPPY);
    run(
        folder.path(),
        &["fix", "-q", "--jsonl", "--checkpoint", "4000", "in.parquet", "-o", "out.parquet"],
        b"",
    )
    .exits(2);
    let out = SerializedFileReader::new(File::open(path("out.parquet")).unwrap()).unwrap();
    assert!(out.metadata().num_row_groups() > 3);
    assert_others_equal(&before, &read(&path("out.parquet")));
}

/// Row groups of a file are numbered by 16 bits: what has more, or would have after it is split, gets larger ones.
#[test]
fn no_file_gets_more_row_groups_than_it_can_have() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    write(&path("a.parquet"), &table(strings(50)), 3, Compression::SNAPPY);
    write(&path("b.parquet"), &table(strings(40)), 1000, Compression::SNAPPY);
    let fix = |more: &[&str], output: &str| {
        let args = ["fix", "-q", "--jsonl", "-o", output];
        run(folder.path(), &[&args, more].concat(), b"").exits(2);
        let out = SerializedFileReader::new(File::open(path(output)).unwrap()).unwrap();
        let groups: Vec<i64> = out.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
        (groups, read(&path(output)))
    };
    for inputs in [&["a.parquet"][..], &["b.parquet"], &["a.parquet", "b.parquet"]] {
        // Texts of 2,800 bytes are enough for a row group.
        let inputs = [inputs, &["--checkpoint", "700"]].concat();
        let (many, free) = fix(&inputs, "free.parquet");
        for most in ["1", "2", "3", "5"].into_iter().skip(inputs.len() - 3) {
            let (groups, limited) = fix(&[&inputs[..], &["--row-groups", most]].concat(), "limited.parquet");
            assert!(groups.len() <= most.parse().unwrap() && groups.len() < many.len(), "{groups:?}, {most}");
            assert!(limited == free, "{inputs:?} in {groups:?}");
        }
    }
    let (groups, _) = fix(&["a.parquet", "--row-groups", "8"], "limited.parquet");
    assert_eq!(groups, [9, 9, 9, 9, 9, 5], "row groups of the input are put together as wholes");
    let args = ["fix", "--jsonl", "--row-groups", "1", "a.parquet", "b.parquet", "-o", "out.parquet"];
    let Run { stderr, .. } = run(folder.path(), &args, b"").exits(2);
    let why =
        "there are 2 tables with rows, and a file holds 1 row groups, so that not all can go to out.parquet";
    assert!(stderr.contains(why), "{stderr}");
}

#[test]
fn texts_of_all_types() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    let rows = texts(12);
    let of = |text: ArrayRef| {
        write(&path("in.parquet"), &table(text), 5, Compression::SNAPPY);
        run(folder.path(), &["fix", "-q", "--jsonl", "in.parquet", "-o", "out.parquet"], b"").exits(2);
        let (before, after) = (read(&path("in.parquet")), read(&path("out.parquet")));
        assert_others_equal(&before, &after);
        json(&after.project(&[2, 8]).unwrap())
    };
    let expected = of(Arc::new(StringArray::from(rows.clone())));
    assert_eq!(expected.iter().filter(|row| row["unspin"]["verdict"] == "spun").count(), 2);
    assert_eq!(of(Arc::new(LargeStringArray::from(rows.clone()))), expected);
    assert_eq!(of(Arc::new(StringViewArray::from_iter(rows.clone()))), expected);
    let coded: DictionaryArray<arrow_array::types::Int32Type> = rows.iter().map(Option::as_deref).collect();
    assert_eq!(of(Arc::new(coded)), expected);
}

#[test]
fn an_earlier_result_is_replaced() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    let before = table(strings(5));
    write(&path("in.parquet"), &before, 100, Compression::SNAPPY);
    run(folder.path(), &["score", "-q", "--jsonl", "in.parquet", "-o", "once.parquet"], b"").exits(0);
    run(folder.path(), &["check", "-q", "--jsonl", "once.parquet", "-o", "twice.parquet"], b"").exits(1);
    run(folder.path(), &["check", "-q", "--jsonl", "in.parquet", "-o", "direct.parquet"], b"").exits(1);
    assert_eq!(read(&path("twice.parquet")), read(&path("direct.parquet")));
    let args = ["check", "-q", "--jsonl", "in.parquet", "once.parquet", "-o", "both.PARQUET"];
    run(folder.path(), &args, b"").exits(1);
    assert_eq!(read(&path("both.PARQUET")).slice(5, 5), read(&path("direct.parquet")));
}

#[test]
fn limits_and_bytes_that_are_no_text_are_errors_of_their_rows() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    let bytes: ArrayRef =
        Arc::new(arrow_array::BinaryArray::from_vec(vec![b"caf\xe9", &[b'a'; 60], b"Short."]));
    write(&path("in.parquet"), &table(bytes), 100, Compression::SNAPPY);
    let args = ["fix", "--jsonl", "--max-bytes", "50", "in.parquet", "-o", "out.parquet"];
    let Run { stderr, .. } = run(folder.path(), &args, b"").exits(2);
    assert!(stderr.contains("unspin: in.parquet:1: not valid UTF-8 at byte 3 of the text"), "{stderr}");
    let after = read(&path("out.parquet"));
    assert_eq!(after.column(2).as_binary::<i32>().value(0), b"caf\xe9", "the row stays as it came");
    let rows = json(&after.project(&[8]).unwrap());
    assert_eq!(
        rows[1]["unspin"]["error"],
        "a text of 60 bytes: at most 50 are judged, more with --max-bytes"
    );
    assert_eq!(rows[2]["unspin"]["verdict"], "too_short");
    let long: ArrayRef = Arc::new(StringArray::from(vec![sample("spun.txt").repeat(200)]));
    write(&path("in.parquet"), &table(long), 100, Compression::SNAPPY);
    let args = ["fix", "-q", "--jsonl", "--timeout", "0.01", "in.parquet", "-o", "out.parquet"];
    run(folder.path(), &args, b"").exits(2);
    let rows = json(&read(&path("out.parquet")).project(&[8]).unwrap());
    assert_eq!(rows[0]["unspin"], json!({"error": "given up after 0.01 s: allow more time with --timeout"}));
}

#[test]
fn folders_empty_tables_and_tables_behind_each_other() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("in")).unwrap();
    let (a, empty) = (table(strings(5)), table(strings(0)));
    write(&path("in/a.parquet"), &a, 2, Compression::SNAPPY);
    write(&path("in/e.parquet"), &empty, 2, Compression::SNAPPY);
    fs::write(path("in/x.jsonl"), "{\"text\":\"Short.\"}\n").unwrap();
    run(folder.path(), &["fix", "-q", "--jsonl", "in", "-o", "out"], b"").exits(0);
    assert_eq!(fs::read_dir(path("out")).unwrap().count(), 3);
    assert_others_equal(&a, &read(&path("out/a.parquet")));
    assert_others_equal(&empty, &read(&path("out/e.parquet")));
    let args = ["fix", "-q", "--jsonl", "in/e.parquet", "in/a.parquet", "in/e.parquet", "-o", "one.parquet"];
    run(folder.path(), &args, b"").exits(0);
    assert_eq!(read(&path("one.parquet")), read(&path("out/a.parquet")));
}

#[test]
fn what_can_not_be_done_is_said_before_anything_is_written() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    write(&path("a.parquet"), &table(strings(5)), 100, Compression::SNAPPY);
    write(&path("b.parquet"), &table(strings(5)).project(&[0, 2]).unwrap(), 100, Compression::SNAPPY);
    fs::write(path("x.jsonl"), "{\"text\":\"Short.\"}\n").unwrap();
    let refused = |args: &[&str], why: &str| {
        let Run { stderr, .. } = run(folder.path(), &[&["check", "--jsonl"], args].concat(), b"").exits(2);
        assert!(stderr.contains(why), "{stderr}");
    };
    refused(&["a.parquet"], "a.parquet: Parquet is written to files: name one, or a folder, with --output");
    refused(&["a.parquet", "-o", "out.jsonl"], "out.jsonl: rows of Parquet are written as Parquet");
    refused(&["x.jsonl", "-o", "out.parquet"], "out.parquet: rows of JSON Lines are written as JSON Lines");
    refused(&["x.jsonl", "a.parquet", "-o", "out.parquet"], "Parquet and JSON Lines can't go to one file");
    refused(
        &["a.parquet", "b.parquet", "-o", "out.parquet"],
        "b.parquet: its columns are not those of a.parquet",
    );
    refused(
        &["a.parquet", "-o", "out.parquet", "--attributes"],
        "--attributes are rows beside rows of JSON Lines",
    );
    let Run { stderr, .. } = run(folder.path(), &["check", "a.parquet"], b"").exits(2);
    assert!(stderr.contains("a.parquet: a table, whose rows are read with --jsonl"), "{stderr}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 6, "the samples and the inputs");
}

#[test]
fn other_columns_and_files_are_errors_of_that_input() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("in")).unwrap();
    write(&path("in/a.parquet"), &table(strings(5)), 2, Compression::SNAPPY);
    let whole = fs::read(path("in/a.parquet")).unwrap();
    fs::write(path("in/cut.parquet"), &whole[..whole.len() / 2]).unwrap();
    fs::write(path("in/none.parquet"), b"").unwrap();
    write(&path("in/other.parquet"), &table(strings(5)).project(&[0, 4]).unwrap(), 2, Compression::SNAPPY);
    let Run { stderr, .. } = run(folder.path(), &["fix", "--jsonl", "in", "-o", "out/"], b"").exits(2);
    for why in [
        "in/cut.parquet: can't be read as Parquet: ",
        "in/none.parquet: can't be read as Parquet: ",
        "in/other.parquet: no column `text` (there are: id, flag): name the column that holds the text with --text-field",
        "; 3 failed",
    ] {
        assert!(stderr.contains(why), "{stderr}");
    }
    assert_eq!(fs::read_dir(path("out")).unwrap().count(), 1, "of these there is no output");
    for (field, kind) in
        [("number", "DOUBLE"), ("lists", "a group of columns"), ("time", "INT64 (TIMESTAMP_MICROS)")]
    {
        let args = ["fix", "--jsonl", "--text-field", field, "in/a.parquet", "-o", "no.parquet"];
        let Run { stderr, .. } = run(folder.path(), &args, b"").exits(2);
        assert!(
            stderr.contains(&format!("column `{field}` is not a column of texts but {kind}")),
            "{stderr}"
        );
        assert!(!path("no.parquet").exists() && !path("no.parquet.part").exists());
    }
}

/// Rows before the damage are written; where it begins is said; the next input is read.
#[test]
fn damage_is_told() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    let before = table(strings(60));
    write(&path("a.parquet"), &before, 20, Compression::SNAPPY);
    let (mut bytes, metadata) = (
        fs::read(path("a.parquet")).unwrap(),
        SerializedFileReader::new(File::open(path("a.parquet")).unwrap()).unwrap().metadata().clone(),
    );
    let leaves = metadata.file_metadata().schema_descr().num_columns();
    for column in 0..leaves {
        let (start, length) = metadata.row_group(1).column(column).byte_range();
        let (start, end) = (usize::try_from(start).unwrap(), usize::try_from(start + length).unwrap());
        let good = bytes[start..end].to_vec();
        bytes[start..end].fill(0xff);
        fs::write(path("bad.parquet"), &bytes).unwrap();
        bytes[start..end].copy_from_slice(&good);
        let Run { stderr, .. } =
            run(folder.path(), &["fix", "-q", "--jsonl", "bad.parquet", "a.parquet", "-o", "out/"], b"")
                .exits(2);
        assert!(stderr.contains("bad.parquet: can't be read further than row 20: "), "{stderr}");
        assert!(stderr.contains("the rows after it are not in the output"), "{stderr}");
        assert_others_equal(&before.slice(0, 20), &read(&path("out/bad.parquet")));
        assert_others_equal(&before, &read(&path("out/a.parquet")));
    }
}

/// Pages that can be read, with values in them that can't: places in a dictionary that it does not have.
#[test]
fn damage_in_values_is_told() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    let before = table(strings(60));
    write(&path("a.parquet"), &before, 20, Compression::UNCOMPRESSED);
    let file = SerializedFileReader::new(File::open(path("a.parquet")).unwrap()).unwrap();
    let (start, length) = file.metadata().row_group(1).column(0).byte_range();
    let end = usize::try_from(start + length).unwrap();
    let mut bytes = fs::read(path("a.parquet")).unwrap();
    bytes[end - 8..end].fill(0xff);
    fs::write(path("bad.parquet"), &bytes).unwrap();
    let args = ["fix", "-q", "--jsonl", "bad.parquet", "a.parquet", "-o", "out/"];
    let Run { stderr, .. } = run(folder.path(), &args, b"").exits(2);
    assert!(stderr.contains("bad.parquet: can't be read further than row 20: "), "{stderr}");
    assert_others_equal(&before.slice(0, 20), &read(&path("out/bad.parquet")));
    assert_others_equal(&before, &read(&path("out/a.parquet")));
}

#[cfg(unix)]
#[test]
fn a_killed_run_is_gone_on_with_to_the_byte() {
    kill_and_go_on(&[]);
}

#[cfg(unix)]
#[test]
fn a_killed_run_with_few_row_groups_is_gone_on_with_to_the_byte() {
    kill_and_go_on(&["--row-groups", "12"]);
}

/// Kills a run at many moments and goes on with it. The file is that of a run that was never stopped.
#[cfg(unix)]
fn kill_and_go_on(options: &[&str]) {
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    for (name, rows_of_a_group) in [("a.parquet", 1000), ("b.parquet", 17)] {
        write(&path(name), &table(strings(400)), rows_of_a_group, Compression::ZSTD(ZstdLevel::default()));
    }
    let args = |output: &str, more: &[&str]| -> Vec<String> {
        let all = [
            &["fix", "-q", "--jsonl", "--checkpoint", "6000", "-o", output, "a.parquet", "b.parquet"],
            options,
            more,
        ]
        .concat();
        all.into_iter().map(str::to_owned).collect()
    };
    let whole = |output: &str| {
        program().args(args(output, &[])).current_dir(folder.path()).stderr(Stdio::null()).status()
    };
    assert_eq!(whole("whole/").unwrap().code(), Some(2), "null texts are errors");
    assert_eq!(whole("whole.parquet").unwrap().code(), Some(2));
    for (output, progress) in [("out/", "out/unspin.progress"), ("out.parquet", "out.parquet.progress")] {
        let mut kills = 0;
        loop {
            let before = fs::read(path(progress)).ok();
            let mut command = program();
            command.args(args(output, &["--resume"])).current_dir(folder.path()).stderr(Stdio::null());
            let (mut child, begun) = (command.spawn().unwrap(), Instant::now());
            // Until there is a new checkpoint, so that every run gets on, and a little more.
            let status = loop {
                if let Some(status) = child.try_wait().unwrap() {
                    break Some(status);
                }
                let moved = fs::read(path(progress)).ok().is_some_and(|now| Some(now) != before);
                if kills < 10 && moved && begun.elapsed() > Duration::from_millis(20 + 17 * kills) {
                    child.kill().unwrap();
                    child.wait().unwrap();
                    break None;
                }
                std::thread::sleep(Duration::from_millis(2));
            };
            match status {
                Some(status) => break assert_eq!(status.code(), Some(2)),
                None => kills += 1,
            }
        }
        assert!(kills >= 2, "only {kills} kills");
    }
    for (whole, out) in [
        ("whole/a.parquet", "out/a.parquet"),
        ("whole/b.parquet", "out/b.parquet"),
        ("whole.parquet", "out.parquet"),
    ] {
        assert!(fs::read(path(whole)).unwrap() == fs::read(path(out)).unwrap(), "{out}");
    }
    assert_eq!(fs::read_dir(path("out")).unwrap().count(), 2, "nothing is left behind");
    assert!(!path("out.parquet.part").exists() && !path("out.parquet.progress").exists());
    assert_eq!(read(&path("out.parquet")).column(0).len(), 800);
}

/// A run that can't write something ends there, as one that is killed there.
fn stopped_at(folder: &Path, name: &str, args: &[&str]) {
    fs::create_dir_all(folder.join(name)).unwrap();
    run(folder, args, b"").exits(2);
    fs::remove_dir(folder.join(name)).unwrap();
}

/// Where a file is that an earlier run made, what is left beside it is not taken for what it was made of.
#[test]
fn one_file_for_all_inputs_is_gone_on_with_over_an_older_one() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    let mut args = vec!["fix", "-q", "--jsonl", "a.parquet", "b.parquet", "-o", "out.parquet"];
    write(&path("a.parquet"), &table(strings(5)), 2, Compression::SNAPPY);
    write(&path("b.parquet"), &table(strings(4)), 2, Compression::SNAPPY);
    run(folder.path(), &args, b"").exits(0);
    let whole = fs::read(path("out.parquet")).unwrap();
    fs::write(path("out.parquet"), b"older").unwrap();
    // The row groups are there, and have to be joined.
    stopped_at(folder.path(), "out.parquet.join", &args);
    assert_eq!(fs::read(path("out.parquet")).unwrap(), b"older");
    let (part, progress) = (path("out.parquet.part"), path("out.parquet.progress"));
    let left = (fs::read(&part).unwrap(), fs::read(&progress).unwrap());
    args.push("--resume");
    run(folder.path(), &args, b"").exits(0);
    assert!(fs::read(path("out.parquet")).unwrap() == whole && !part.exists() && !progress.exists());
    // They are joined, and nothing is removed yet.
    fs::write(&part, &left.0).unwrap();
    fs::write(&progress, &left.1).unwrap();
    run(folder.path(), &args, b"").exits(0);
    assert!(fs::read(path("out.parquet")).unwrap() == whole && !part.exists() && !progress.exists());
    // Only how far the run came is still there.
    fs::write(&progress, &left.1).unwrap();
    fs::write(path("out.parquet"), &whole).unwrap();
    run(folder.path(), &args, b"").exits(0);
    assert!(fs::read(path("out.parquet")).unwrap() == whole && !part.exists() && !progress.exists());
}

/// Kills a run in its second input, with an older output beside.
#[cfg(unix)]
#[test]
fn a_run_that_is_killed_in_its_second_input_is_gone_on_with_over_an_older_file() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    write(&path("a.parquet"), &table(strings(5)), 2, Compression::SNAPPY);
    write(&path("b.parquet"), &table(strings(400)), 17, Compression::SNAPPY);
    let args =
        ["fix", "-q", "--jsonl", "--checkpoint", "6000", "a.parquet", "b.parquet", "-o", "out.parquet"];
    run(folder.path(), &args, b"").exits(2);
    let whole = fs::read(path("out.parquet")).unwrap();
    let mut command = program();
    command.args(args).current_dir(folder.path()).stderr(std::process::Stdio::null());
    let mut child = command.spawn().unwrap();
    let is_there = |text: String| text.contains("\"input\":1,") && !text.contains("\"line\":0,");
    while !fs::read_to_string(path("out.parquet.progress")).is_ok_and(is_there) {
        assert!(child.try_wait().unwrap().is_none(), "the run ended too early");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    run(folder.path(), &[&args[..], &["--resume"]].concat(), b"").exits(2);
    assert!(fs::read(path("out.parquet")).unwrap() == whole);
}

#[test]
fn a_damaged_table_is_not_forgotten() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    write(&path("b.parquet"), &table(strings(5)), 2, Compression::SNAPPY);
    let file = SerializedFileReader::new(File::open(path("b.parquet")).unwrap()).unwrap();
    let (start, length) = file.metadata().row_group(1).column(0).byte_range();
    let mut bytes = fs::read(path("b.parquet")).unwrap();
    bytes[usize::try_from(start).unwrap()..usize::try_from(start + length).unwrap()].fill(0xff);
    fs::write(path("a.parquet"), &bytes).unwrap();
    let args = ["fix", "--jsonl", "a.parquet", "b.parquet", "-o", "out/"];
    stopped_at(folder.path(), "out/b.parquet.join", &args);
    let Run { stderr, .. } = run(folder.path(), &[&args[..], &["--resume"]].concat(), b"").exits(2);
    assert!(stderr.contains("7 rows") && stderr.contains("; 1 failed"), "{stderr}");
}

/// Frames of compressed rows behind a table end at the same rows, whether the run was stopped between or not.
#[test]
fn rows_behind_a_table_are_the_same_bytes() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("in")).unwrap();
    write(&path("in/a.parquet"), &table(strings(5)), 2, Compression::SNAPPY);
    let line = |text: Option<String>| json!({"text": text.unwrap_or_default()}).to_string() + "\n";
    let mut rows = GzEncoder::new(File::create(path("in/b.jsonl.gz")).unwrap(), flate2::Compression::fast());
    rows.write_all(texts(40).into_iter().map(line).collect::<String>().as_bytes()).unwrap();
    rows.finish().unwrap();
    let args = |output| ["fix", "-q", "--jsonl", "--checkpoint", "6000", "in", "-o", output];
    run(folder.path(), &args("whole/"), b"").exits(0);
    stopped_at(folder.path(), "out/b.jsonl.gz.part", &args("out/"));
    run(folder.path(), &[&args("out/")[..], &["--resume"]].concat(), b"").exits(0);
    let bytes = |name: &str| fs::read(path(name)).unwrap();
    assert!(bytes("whole/a.parquet") == bytes("out/a.parquet"));
    assert!(bytes("whole/b.jsonl.gz") == bytes("out/b.jsonl.gz"));
}

/// A run that was stopped just before or after its file got its name.
#[test]
fn a_run_that_was_stopped_at_its_very_end() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    write(&path("a.parquet"), &table(strings(5)), 2, Compression::SNAPPY);
    let run = |more: &[&str]| {
        run(folder.path(), &[&["fix", "-q", "--jsonl", "a.parquet", "-o", "out.parquet"], more].concat(), b"")
    };
    run(&[]).exits(0);
    fs::write(path("out.parquet.part"), b"left").unwrap();
    assert!(run(&["--resume"]).exits(2).stderr.contains("is whole, there is nothing to resume"));
    assert!(!path("out.parquet.part").exists() && path("out.parquet").exists());
}
