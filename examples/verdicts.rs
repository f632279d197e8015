#![allow(missing_docs, clippy::all, clippy::pedantic, clippy::print_stdout)]
//! TEMPORARY
use std::io::BufRead;
use std::sync::Arc;
use unspin::detect::*;
use unspin::dictionary::*;
use unspin::language::*;
use unspin::text::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let dictionary = Dictionary::new(Arc::new(Layer::from_bytes(std::fs::read(&args[1]).unwrap()).unwrap()));
    let model = LanguageModel::from_bytes(std::fs::read(&args[2]).unwrap()).unwrap();
    let parameters = Parameters::from_env();
    for path in &args[3..] {
        for line in std::io::BufReader::new(std::fs::File::open(path).unwrap()).lines() {
            let row: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            let text = row["text"].as_str().unwrap();
            let tokens = Tokens::of(text);
            let found = candidates(text, &tokens, &regions(text), &dictionary, &model);
            let d = decode(&tokens, &found, &model, &parameters);
            println!("{}\t{}\t{:.3}\t{:.3}\t{:.3}\t{:.1}\t{}", path, tokens.words(), evidence(&d.log_likelihoods), d.rate, d.kinds.0, d.kinds.1, d.log_likelihoods.iter().map(|l| format!("{l:.2}")).collect::<Vec<_>>().join(","));
        }
    }
}
