#![allow(missing_docs, clippy::all, clippy::pedantic, clippy::print_stdout)]
//! TEMPORARY experiments.
use std::io::BufRead;
use std::sync::Arc;
use unspin::detect::*;
use unspin::dictionary::*;
use unspin::evaluate::*;
use unspin::language::*;
use unspin::repair::*;
use unspin::text::*;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let sources: Vec<Source> = args[1]
        .split(',')
        .map(|p| Source::parse("d", &std::fs::read_to_string(p).unwrap()).unwrap())
        .collect();
    let dictionary =
        Dictionary::new(Arc::new(Layer::from_bytes(compile(&sources, vec![]).unwrap()).unwrap()));
    let model = LanguageModel::from_bytes(std::fs::read(&args[2]).unwrap()).unwrap();
    let parameters = Parameters::from_env();
    let tau: f64 = std::env::var("TAU").map_or(0.5, |t| t.parse().unwrap());
    for path in &args[3..] {
        let mut total = Score::default();
        let mut safe = Score::default();
        let mut clean = (0usize, 0usize);
        let mut words = 0;
        let mut rates = vec![];
        let mut llr = vec![];
        let mut cal = vec![(0usize, 0usize, 0.0); 10];
        let limit: usize = std::env::var("N").map_or(100000, |t| t.parse().unwrap());
        let seed = path.ends_with("001_736c6a76dded7234.txt");
        let rows: Vec<String> = if path.ends_with(".txt") {
            vec![std::fs::read_to_string(path).unwrap()]
        } else {
            std::io::BufReader::new(std::fs::File::open(path).unwrap())
                .lines()
                .take(limit)
                .map(|l| l.unwrap())
                .collect()
        };
        for line in rows {
            let (text, gold) = if path.ends_with(".txt") {
                let mut gold = vec![];
                if seed {
                    let starts: Vec<usize> =
                        std::iter::once(0).chain(line.match_indices('\n').map(|m| m.0 + 1)).collect();
                    for row in
                        std::fs::read_to_string("/work/shared/gold/001.edits.tsv").unwrap().lines().skip(1)
                    {
                        let c: Vec<&str> = row.split('\t').collect();
                        let l: usize = c[0].parse().unwrap();
                        let s0 = starts[l - 1];
                        let off = |n: &str| {
                            let n: usize = n.parse().unwrap();
                            s0 + line[s0..].char_indices().nth(n).map(|x| x.0).unwrap()
                        };
                        let (s, e) = (off(c[1]), {
                            let n: usize = c[2].parse().unwrap();
                            s0 + line[s0..].char_indices().nth(n).map_or(line.len() - s0, |x| x.0)
                        });
                        assert_eq!(&line[s..e], c[3]);
                        gold.push(Gold {
                            span: Span::new(s, e),
                            accepted: c[4].split('|').map(String::from).collect(),
                        });
                    }
                }
                (line.clone(), gold)
            } else {
                let row: serde_json::Value = serde_json::from_str(&line).unwrap();
                let text = row["text"].as_str().unwrap().to_owned();
                let at: Vec<usize> = text.char_indices().map(|x| x.0).chain([text.len()]).collect();
                let gold: Vec<Gold> = row["edits"]
                    .as_array()
                    .map(|a| {
                        a.iter()
                            .map(|e| Gold {
                                span: Span::new(
                                    at[e[0].as_u64().unwrap() as usize],
                                    at[e[1].as_u64().unwrap() as usize],
                                ),
                                accepted: vec![e[2].as_str().unwrap().to_owned()],
                            })
                            .collect()
                    })
                    .unwrap_or_default();
                (text, gold)
            };
            let tokens = Tokens::of(&text);
            words += tokens.words();
            let found = candidates(&text, &tokens, &regions(&text), &dictionary, &model);
            let decoded = decode(&tokens, &found, &model, &parameters);
            rates.push(decoded.rate);
            llr.push(decoded.evidence);
            let mut edits = vec![];
            let mut safe_edits = vec![];
            let least: f64 = tau;
            for f in findings(&text, &tokens, &found, &decoded, &parameters, 0.05) {
                let a = &f.alternatives[0];
                let p = a.posterior;
                let e = Edit { span: a.core, replacement: a.core_replacement().to_owned() };
                let b = &mut cal[((p * 10.0) as usize).min(9)];
                b.0 += 1;
                b.2 += p;
                let right = score(&text, &[e.clone()], &gold).correction.right;
                b.1 += right;
                if std::env::var("DUMP").is_ok() {
                    let second = f.alternatives.get(1).map_or(0.0, |a| a.posterior);
                    println!(
                        "D\t{}\t{:.6}\t{:.6}\t{:.6}\t{:.4}\t{:.3}\t{}\t{}\t{}",
                        right,
                        p,
                        f.keep_posterior,
                        second,
                        decoded.rate,
                        decoded.evidence,
                        a.substitution.spun,
                        a.substitution.canonical,
                        a.substitution.weight
                    );
                }
                if p >= least {
                    edits.push(e.clone());
                }
                if p >= 0.97 {
                    safe_edits.push(e);
                }
            }
            let s = score(&text, &edits, &gold);
            if std::env::var("SHOW").is_ok() {
                for g in &gold {
                    let e: Vec<_> = edits.iter().filter(|e| e.span.overlaps(g.span)).collect();
                    let ok = e.iter().any(|e| e.span == g.span && g.accepted.contains(&e.replacement));
                    if !ok && !(e.is_empty() && g.is_optional(&text)) {
                        let posts: Vec<_> = found
                            .candidates
                            .iter()
                            .zip(&decoded.posteriors)
                            .filter(|(c, _)| tokens.span(c.tokens.start, c.tokens.end).overlaps(g.span))
                            .map(|(c, p)| {
                                format!("{}>{}:{:.2}", c.substitution.spun, c.substitution.canonical, p)
                            })
                            .collect();
                        println!(
                            "GOLD {} -> {:?} | ours {:?} | {:?} | {}",
                            g.span.of(&text),
                            g.accepted,
                            e.iter().map(|e| (e.span.of(&text), &e.replacement)).collect::<Vec<_>>(),
                            posts,
                            &text[text.floor_char_boundary(g.span.start().saturating_sub(30))
                                ..text.ceil_char_boundary(g.span.end() + 30)]
                                .replace('\n', " ")
                        );
                    }
                }
                for e in edits.iter().filter(|e| !gold.iter().any(|g| g.span.overlaps(e.span))) {
                    println!(
                        "FALSE {} -> {} | {}",
                        e.span.of(&text),
                        e.replacement,
                        &text[text.floor_char_boundary(e.span.start().saturating_sub(30))
                            ..text.ceil_char_boundary(e.span.end() + 30)]
                            .replace('\n', " ")
                    );
                }
            }
            total.add(s);
            safe.add(score(&text, &safe_edits, &gold));
            clean.0 += edits.len();
            clean.1 += safe_edits.len();
        }
        rates.sort_by(f64::total_cmp);
        llr.sort_by(f64::total_cmp);
        let q = |v: &[f64], f: f64| v[((v.len() - 1) as f64 * f) as usize];
        let f = |c: Counts| {
            format!(
                "P {:.3} R {:.3} F {:.3}",
                c.precision().unwrap_or(0.),
                c.recall().unwrap_or(0.),
                c.f05().unwrap_or(0.)
            )
        };
        println!(
            "{path}: corr {} | det {} | safe {} | edits/M {:.0} safe/M {:.0} | rate min {:.3} q5 {:.3} med {:.3} q95 {:.3} max {:.3} | llr min {:.1} q5 {:.1} med {:.1} q95 {:.1} max {:.1}",
            f(total.correction),
            f(total.detection),
            f(safe.correction),
            clean.0 as f64 * 1e6 / words as f64,
            clean.1 as f64 * 1e6 / words as f64,
            q(&rates, 0.),
            q(&rates, 0.05),
            q(&rates, 0.5),
            q(&rates, 0.95),
            q(&rates, 1.),
            q(&llr, 0.),
            q(&llr, 0.05),
            q(&llr, 0.5),
            q(&llr, 0.95),
            q(&llr, 1.)
        );
        if std::env::var("CAL").is_ok() {
            println!(
                "   {:?}",
                cal.iter()
                    .map(|c| format!("{:.2}/{:.2}({})", c.2 / c.0 as f64, c.1 as f64 / c.0 as f64, c.0))
                    .collect::<Vec<_>>()
            );
        }
    }
}
