//! Makes version-diff pages of two versions of an article, as the site does it.

use unspin::text::Span;

/// A row of the table.
pub type Cells<'a> = (Option<&'a str>, Option<&'a str>);

/// The rows for two lists of paragraphs: a longest common subsequence stands in both columns; what is between is paired from the top,
/// and what is left over stands alone.
pub fn rows<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Cells<'a>> {
    let mut longest = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i][j] = if old[i] == new[j] {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut rows = Vec::new();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            pair(&mut left, &mut right, &mut rows);
            rows.push((Some(old[i]), Some(new[j])));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            left.push(old[i]);
            i += 1;
        } else {
            right.push(new[j]);
            j += 1;
        }
    }
    left.extend_from_slice(&old[i..]);
    right.extend_from_slice(&new[j..]);
    pair(&mut left, &mut right, &mut rows);
    rows
}

fn pair<'a>(left: &mut Vec<&'a str>, right: &mut Vec<&'a str>, rows: &mut Vec<Cells<'a>>) {
    for index in 0..left.len().max(right.len()) {
        rows.push((left.get(index).copied(), right.get(index).copied()));
    }
    left.clear();
    right.clear();
}

/// A flattened page, and where the paragraphs of both versions stand in it.
pub fn flatten(header: &str, rows: &[Cells<'_>]) -> (String, [Vec<Span>; 2]) {
    let mut text = header.to_owned();
    let mut cells = [Vec::new(), Vec::new()];
    for (old, new) in rows {
        for (side, cell) in [old, new].into_iter().enumerate() {
            let Some(cell) = cell else { continue };
            if side == 1 && old.is_some() {
                text.push(' ');
            }
            cells[side].push(Span::new(text.len(), text.len() + cell.len()));
            text.push_str(cell);
        }
        text.push('\n');
    }
    (text, cells)
}
