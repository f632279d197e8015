//! What is typed most, at the end of help texts.

pub(super) const CHECK: &str = "\
Examples:
  unspin check story.txt                                  the verdict, and each place with what may have stood there
  unspin check --format concise texts/                    a line for each finding of a folder's texts
  unspin check --format html --clean pages/ >report.html  a page for the browser, to be reviewed
  unspin check --format sarif texts/ >unspin.sarif        for code scanning
  unspin check --jsonl --quiet <rows.jsonl                rows in, rows out";

pub(super) const FIX: &str = "\
Examples:
  unspin fix story.txt >repaired.txt         the repaired text
  unspin fix --diff story.txt                what would change, as a patch
  unspin fix -w --audit trail.jsonl texts/   files replaced, every fix on record
  unspin fix --clean --safe page.txt         the article alone, with the surest fixes
  unspin fix --jsonl <rows.jsonl             rows in, rows out";

pub(super) const REVIEW: &str = "\
Examples:
  unspin review story.txt                     decide; the decisions go to story.txt.decisions.jsonl
  unspin fix -w --decisions story.txt.decisions.jsonl --audit story.trail story.txt
  unspin review --clean --write --audit page.trail page.txt   cuts and fixes, and the file replaced in the end
  unspin review --accept-all --min-confidence 0.9 story.txt      without a terminal";

pub(super) const CLEAN: &str = "\
Examples:
  unspin clean page.html                     the article
  unspin clean --format full page.txt        what is cut, and why
  unspin clean --split -o articles/ pages/   second articles in files of their own";

pub(super) const SCORE: &str = "\
Examples:
  unspin score story.txt                               everything about one text
  unspin score --sort spin_probability texts/          a table, the likeliest to be spun first
  unspin score --compare spun.txt original.txt         each number before and after
  unspin score --format csv texts/ >scores.csv         for a spreadsheet";
