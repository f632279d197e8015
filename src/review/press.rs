//! What keys do to a review.

use super::filter::Filter;
use super::key::Key;
use super::line::Line;
use super::session::{Mode, Saved, Session};

impl Session {
    /// Takes a key, and says what is to be kept because of it.
    pub fn press(&mut self, key: Key) -> Vec<Saved> {
        self.message.clear();
        if key == Key::Interrupt {
            self.is_interrupted = true;
            self.mode = Mode::Over;
            return Vec::new();
        }
        match std::mem::replace(&mut self.mode, Mode::Looking) {
            Mode::Looking => self.look(key),
            Mode::Done => {
                self.mode = Mode::Done;
                self.done(key)
            }
            Mode::Wording(line) => self.word(line, key),
            Mode::Filtering(line) => {
                self.type_filter(line, key);
                Vec::new()
            }
            Mode::Help => {
                self.mode = std::mem::replace(&mut self.behind, Mode::Looking);
                Vec::new()
            }
            Mode::Over => {
                self.mode = Mode::Over;
                Vec::new()
            }
        }
    }

    fn look(&mut self, key: Key) -> Vec<Saved> {
        let Some(item) = self.items.get(self.cursor) else {
            self.mode = Mode::Done;
            return self.done(key);
        };
        match key {
            Key::Char('a') if item.is_description => {
                "this is a description, not a wording: type one with e".clone_into(&mut self.message);
            }
            Key::Char('a') => return self.decide(item.pick(0, self.author.clone())),
            Key::Char('r') => return self.decide(Some(item.reject(self.author.clone()))),
            Key::Char(digit @ '1'..='9') => {
                let number = digit as usize - '1' as usize;
                if number == 0 && item.is_description {
                    return self.look(Key::Char('a'));
                }
                let picked = item.pick(number, self.author.clone());
                if picked.is_none() {
                    self.message = format!("there is no alternative {digit}");
                }
                return self.decide(picked);
            }
            Key::Char('e') => {
                let decided = self.decision().filter(|decision| decision.span == item.span());
                let decided = decided.and_then(|decision| decision.after.as_deref());
                let proposed = item.proposals.first().map_or(item.row.text.as_str(), |p| p.after.as_str());
                self.mode = Mode::Wording(Line::new(decided.unwrap_or(proposed).trim_matches(['\r', '\n'])));
            }
            Key::Char('s' | ' ') => self.skip(vec![self.cursor]),
            Key::Char('A') => return self.accept_rest(),
            Key::Char('R') => {
                let author = self.author.clone();
                return self.decide_rest(|item| Some(item.reject(author.clone())));
            }
            Key::Char('S') => self.skip(self.open()),
            Key::Right | Key::Down | Key::Char('n') => self.step(true),
            Key::Left | Key::Up | Key::Char('p') => self.step(false),
            Key::Home => self.go_to_passing(0),
            Key::End => {
                let last = self.passes.iter().rposition(|passes| *passes).unwrap_or_default();
                self.go_to_passing(last);
            }
            other => return self.anywhere(other),
        }
        Vec::new()
    }

    /// Keys where there is no fix to look at.
    fn done(&mut self, key: Key) -> Vec<Saved> {
        match key {
            Key::Enter => self.mode = Mode::Over,
            Key::Left | Key::Up | Key::Char('p') | Key::End => {
                let last = self.passes.iter().rposition(|passes| *passes).unwrap_or_default();
                self.go_to_passing(last);
            }
            Key::Home => self.go_to_passing(0),
            other => return self.anywhere(other),
        }
        Vec::new()
    }

    /// Keys that mean the same whether there is a fix or not.
    fn anywhere(&mut self, key: Key) -> Vec<Saved> {
        match key {
            Key::Char('u') => return self.undo(),
            Key::Char('/') => self.mode = Mode::Filtering(Line::new(self.filter())),
            Key::Char('?') => self.behind = std::mem::replace(&mut self.mode, Mode::Help),
            Key::Char('q') => self.mode = Mode::Over,
            Key::Escape if !self.filter().is_empty() => self.set_filter(""),
            Key::Char(other) => self.message = format!("{other} does nothing here: ? shows the keys"),
            _ => {}
        }
        Vec::new()
    }

    fn word(&mut self, mut line: Line, key: Key) -> Vec<Saved> {
        match key {
            Key::Enter => {
                let decision = self
                    .items
                    .get(self.cursor)
                    .map(|item| item.own_wording(line.text(), self.author.clone()));
                return self.decide(decision);
            }
            Key::Escape => {}
            other => {
                line.press(other);
                self.mode = Mode::Wording(line);
            }
        }
        Vec::new()
    }

    fn type_filter(&mut self, mut line: Line, key: Key) {
        match key {
            Key::Enter => match Filter::parse(line.text()) {
                Ok(filter) if self.items.iter().any(|item| filter.takes(item)) => {
                    self.set_filter(line.text());
                }
                Ok(_) => {
                    self.message = format!("no fix has {}", line.text());
                    self.mode = Mode::Filtering(line);
                }
                Err(error) => {
                    self.message = error;
                    self.mode = Mode::Filtering(line);
                }
            },
            Key::Escape if self.cursor < self.items.len() => {}
            Key::Escape => self.mode = Mode::Done,
            other => {
                line.press(other);
                self.mode = Mode::Filtering(line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::decision::{Author, Decision};
    use super::super::item::Item;
    use super::super::item::tests::item;
    use super::*;
    use crate::repair::Choice;
    use crate::text::Span;

    /// Items of one text, one after the other.
    fn queue() -> Vec<Item> {
        let texts: [(&str, &[(&str, f64)]); 5] = [
            ("overseas", &[("foreign", 0.99), ("alien", 0.01)]),
            ("go to", &[("visit", 0.6), ("trip to", 0.3), ("tour", 0.1)]),
            ("folks", &[("people", 0.98)]),
            ("profound", &[("(a term)", 0.7)]),
            ("evening", &[("night", 0.4)]),
        ];
        let mut at = 0;
        let place = |(text, alternatives): (&str, &[(&str, f64)])| {
            let mut item = item(text, alternatives);
            item.is_description = text == "profound";
            let span = Span::new(at, at + text.len());
            item.row.place.bytes = span;
            item.proposals.iter_mut().for_each(|proposal| proposal.span = span);
            at = span.end() + 1;
            item
        };
        texts.into_iter().map(place).collect()
    }

    fn session() -> Session {
        Session::new(queue(), |_| Vec::new(), Author::Reviewer(None))
    }

    fn press(session: &mut Session, keys: &str) -> Vec<Saved> {
        let key = |letter| match letter {
            '\n' => Key::Enter,
            '←' => Key::Backspace,
            '×' => Key::Escape,
            '∅' => Key::Clear,
            letter => Key::Char(letter),
        };
        keys.chars().flat_map(|letter| session.press(key(letter))).collect()
    }

    /// What is decided: for each item the wording, `-` for rejected, `?` for open.
    fn state(session: &Session) -> String {
        let of = |decision: &Option<Decision>| match decision {
            None => "?".to_owned(),
            Some(decision) => decision.after.clone().unwrap_or_else(|| "-".to_owned()),
        };
        session.decided.iter().map(of).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn one_by_one() {
        let mut session = session();
        assert_eq!(press(&mut session, "a").len(), 1);
        press(&mut session, "2re∅a word\n");
        assert_eq!(state(&session), "foreign | trip to | - | a word | ?");
        assert_eq!(session.position(), (5, 5));
        let choices: Vec<_> = session.decided.iter().flatten().map(|decision| decision.choice).collect();
        assert_eq!(choices, [Choice::Accept, Choice::Pick, Choice::Reject, Choice::OwnWording]);
        press(&mut session, "s");
        assert_eq!((session.mode(), session.counts()), (&Mode::Done, (3, 1, 1)));
        press(&mut session, "q");
        assert!(session.is_over());
    }

    #[test]
    fn undo_goes_back_step_by_step() {
        let mut session = session();
        press(&mut session, "as");
        let before = state(&session);
        assert_eq!(press(&mut session, "A").len(), 2);
        assert_eq!(session.message(), "1 left: descriptions, which can't be accepted as they are");
        assert_eq!(state(&session), "foreign | ? | people | ? | night");
        let undone = press(&mut session, "u");
        assert!(undone.len() == 2 && undone.iter().all(|saved| saved.is_undone));
        assert_eq!((state(&session), session.position()), (before, (3, 5)));
        press(&mut session, "u");
        assert_eq!(session.position(), (2, 5));
        // What was decided before comes back, by a line of its own.
        press(&mut session, "pr");
        let back = press(&mut session, "u");
        assert_eq!(back.len(), 1);
        assert_eq!((back[0].is_undone, back[0].decision.choice), (false, Choice::Accept));
        press(&mut session, "uu");
        assert_eq!(state(&session), "? | ? | ? | ? | ?");
        assert!(session.message().starts_with("nothing to undo"));
    }

    #[test]
    fn descriptions_are_not_accepted() {
        let mut session = session();
        press(&mut session, "nnn");
        assert!(press(&mut session, "a1").is_empty());
        assert!(session.message().contains("type one with e"));
        assert_eq!(press(&mut session, "r").len(), 1);
    }

    #[test]
    fn filters() {
        let mut session = session();
        press(&mut session, "/>0.9\n");
        assert_eq!(session.position(), (1, 2));
        press(&mut session, "R");
        assert_eq!(state(&session), "- | ? | - | ? | ?");
        assert_eq!(session.mode(), &Mode::Done);
        press(&mut session, "×");
        assert_eq!((session.filter(), session.position()), ("", (2, 5)));
        press(&mut session, "/nonsense\n");
        assert_eq!(session.message(), "no fix has nonsense");
        press(&mut session, "∅>x\n");
        assert_eq!(session.message(), ">x: give a number, as in >0.9");
        press(&mut session, "∅NIGHT\n");
        assert_eq!(session.position(), (1, 1));
        assert_eq!(session.item().unwrap().row.text, "evening");
    }

    #[test]
    fn typing_and_help_are_left_again() {
        let mut session = session();
        assert!(press(&mut session, "e←←q×").is_empty());
        press(&mut session, "?");
        assert_eq!(session.mode(), &Mode::Help);
        press(&mut session, "a");
        assert_eq!((session.mode(), state(&session).as_str()), (&Mode::Looking, "? | ? | ? | ? | ?"));
        press(&mut session, "x9");
        assert_eq!(session.message(), "there is no alternative 9");
        session.press(Key::Interrupt);
        assert!(session.is_over());
    }

    #[test]
    fn nothing_to_review() {
        let mut session = Session::new(Vec::new(), |_| Vec::new(), Author::Policy);
        assert_eq!((session.mode(), session.position()), (&Mode::Done, (0, 0)));
        assert!(press(&mut session, "arsARSe1p/x×u?xn").is_empty());
    }

    proptest! {
        /// Whatever is typed, what was kept line by line is what the session has, and all of it can be undone.
        #[test]
        fn what_is_kept_is_what_is_decided(keys in "[arsARSe1239u/?npx>0\n×←]{0,60}") {
            let mut session = session();
            let mut kept: BTreeMap<Span, Decision> = BTreeMap::new();
            let mut keep = |saved: Vec<Saved>| {
                for Saved { decision, is_undone, .. } in saved {
                    if is_undone {
                        kept.remove(&decision.span);
                    } else {
                        kept.insert(decision.span, decision);
                    }
                }
                kept.values().cloned().collect::<Vec<_>>()
            };
            let mut now = Vec::new();
            for letter in keys.chars() {
                now = keep(press(&mut session, &letter.to_string()));
                let (applied, rejected, open) = session.counts();
                prop_assert_eq!(applied + rejected + open, 5);
                prop_assert!(session.mode() == &Mode::Done || session.item().is_some() || session.mode() != &Mode::Looking);
            }
            prop_assert_eq!(&now, &session.decided.iter().flatten().cloned().collect::<Vec<_>>());
            // A review that is taken up again goes on where it was.
            let resumed = Session::new(queue(), |_| now.clone(), Author::Policy);
            prop_assert_eq!(&resumed.decided, &session.decided);
            if session.is_over() {
                return Ok(());
            }
            press(&mut session, "×××");
            for _ in 0..60 {
                now = keep(press(&mut session, "u"));
            }
            prop_assert!(now.is_empty());
        }
    }
}
