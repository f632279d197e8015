#![allow(missing_docs, clippy::all, clippy::pedantic, clippy::print_stdout)]
//! TEMPORARY: learn row biases. args: news.tsv keep.tsv model rows.jsonl out.tsv iterations
use std::collections::BTreeMap;
use std::io::BufRead;
use std::sync::Arc;
use unspin::detect::*;
use unspin::dictionary::*;
use unspin::language::*;
use unspin::repair::*;
use unspin::text::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let src = |p: &str| Source::parse(p, &std::fs::read_to_string(p).unwrap()).unwrap();
    let model = LanguageModel::from_bytes(std::fs::read(&args[3]).unwrap()).unwrap();
    let parameters = Parameters::from_env();
    let prior: f64 = std::env::var("LAM").map_or(4.0, |t| t.parse().unwrap());
    let rows: Vec<(String, Vec<(Span, String)>)> =
        std::io::BufReader::new(std::fs::File::open(&args[4]).unwrap())
            .lines()
            .map(|l| {
                let row: serde_json::Value = serde_json::from_str(&l.unwrap()).unwrap();
                let text = row["text"].as_str().unwrap().to_owned();
                let at: Vec<usize> = text.char_indices().map(|x| x.0).chain([text.len()]).collect();
                let gold = row["edits"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|e| {
                        (
                            Span::new(
                                at[e[0].as_u64().unwrap() as usize],
                                at[e[1].as_u64().unwrap() as usize],
                            ),
                            e[2].as_str().unwrap().to_owned(),
                        )
                    })
                    .collect();
                (text, gold)
            })
            .collect();
    let mut bias: BTreeMap<(String, String), f64> = BTreeMap::new();
    for it in 0..args[6].parse().unwrap() {
        let mut sources = vec![src(&args[1]), src(&args[2])];
        sources.push(Source {
            file: "l".into(),
            learned: bias
                .iter()
                .map(|(k, &b)| (0, Learned { spun: k.0.clone(), canonical: k.1.clone(), bias: b as f32 }))
                .collect(),
            ..Source::default()
        });
        let dictionary =
            Dictionary::new(Arc::new(Layer::from_bytes(compile(&sources, vec![]).unwrap()).unwrap()));
        let half = rows.len() / 2;
        let work = |part: &[(String, Vec<(Span, String)>)]| {
            let mut grad: BTreeMap<(String, String), (f64, f64)> = BTreeMap::new();
            let mut ll = 0.0;
            for (text, gold) in part {
                let tokens = Tokens::of(text);
                let found = candidates(text, &tokens, &regions(text), &dictionary, &model);
                let d = decode(&tokens, &found, &model, &parameters);
                for (c, &p) in found.candidates.iter().zip(&d.posteriors) {
                    let span = tokens.span(c.tokens.start, c.tokens.end);
                    let y = gold.binary_search_by(|g| g.0.cmp(&span)).is_ok_and(|i| {
                        gold[i].1 == wording(&c.substitution, &tokens.as_slice()[c.tokens.start])
                    });
                    let y = f64::from(u8::from(y));
                    let q = p.clamp(1e-6, 1.0 - 1e-6);
                    ll += if y > 0.0 { q.ln() } else { (1.0 - q).ln() };
                    let g = grad
                        .entry((c.substitution.spun.to_owned(), c.substitution.canonical.to_owned()))
                        .or_default();
                    g.0 += y - p;
                    g.1 += p * (1.0 - p);
                }
            }
            (grad, ll)
        };
        let (a, b) = std::thread::scope(|s| {
            let h = s.spawn(|| work(&rows[..half]));
            let b = work(&rows[half..]);
            (h.join().unwrap(), b)
        });
        println!("iteration {it}: ll {}", a.1 + b.1);
        let mut grad = a.0;
        for (k, v) in b.0 {
            let g = grad.entry(k).or_default();
            g.0 += v.0;
            g.1 += v.1;
        }
        for (k, (g, h)) in grad {
            let b = bias.entry(k).or_default();
            *b = (*b + ((g - prior * 0.25 * *b) / (h + prior * 0.25)).clamp(-1.0, 1.0)).clamp(-6.0, 6.0);
        }
        let mut out = String::from("spun\tcanonical\tbias\n");
        for (k, b) in &bias {
            if b.abs() >= 0.05 {
                out += &format!("{}\t{}\t{b:.2}\n", k.0, k.1);
            }
        }
        std::fs::write(&args[5], out).unwrap();
    }
}
