//! The forms of English words, so that a pair of words holds in the plural and in the past as well.

/// What kind of word: as WordNet tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartOfSpeech {
    /// `house`
    Noun,
    /// `build`
    Verb,
    /// `large`
    Adjective,
    /// `largely`
    Adverb,
}

/// Past and participle of verbs that are not regular.
const VERBS: &str = "arise arose arisen,awake awoke awoken,be was been,bear bore borne,beat beat beaten,become became become,\
begin began begun,bend bent bent,bet bet bet,bid bid bid,bind bound bound,bite bit bitten,bleed bled bled,blow blew blown,\
break broke broken,breed bred bred,bring brought brought,broadcast broadcast broadcast,build built built,burst burst burst,\
buy bought bought,cast cast cast,catch caught caught,choose chose chosen,cling clung clung,come came come,cost cost cost,\
creep crept crept,cut cut cut,deal dealt dealt,dig dug dug,do did done,draw drew drawn,drink drank drunk,drive drove driven,\
eat ate eaten,fall fell fallen,feed fed fed,feel felt felt,fight fought fought,find found found,flee fled fled,fling flung flung,\
fly flew flown,forbid forbade forbidden,forecast forecast forecast,foresee foresaw foreseen,forget forgot forgotten,\
forgive forgave forgiven,freeze froze frozen,get got got,give gave given,go went gone,grind ground ground,grow grew grown,\
hang hung hung,have had had,hear heard heard,hide hid hidden,hit hit hit,hold held held,hurt hurt hurt,keep kept kept,\
know knew known,lay laid laid,lead led led,leave left left,lend lent lent,let let let,lie lay lain,light lit lit,lose lost lost,\
make made made,mean meant meant,meet met met,mislead misled misled,mistake mistook mistaken,overcome overcame overcome,\
oversee oversaw overseen,overtake overtook overtaken,overthrow overthrew overthrown,pay paid paid,put put put,quit quit quit,\
read read read,rebuild rebuilt rebuilt,ride rode ridden,ring rang rung,rise rose risen,run ran run,say said said,see saw seen,\
seek sought sought,sell sold sold,send sent sent,set set set,shake shook shaken,shed shed shed,shine shone shone,\
shoot shot shot,show showed shown,shrink shrank shrunk,shut shut shut,sing sang sung,sink sank sunk,sit sat sat,\
slay slew slain,sleep slept slept,slide slid slid,speak spoke spoken,speed sped sped,spend spent spent,spin spun spun,\
split split split,spread spread spread,spring sprang sprung,stand stood stood,steal stole stolen,stick stuck stuck,\
sting stung stung,stride strode stridden,strike struck struck,strive strove striven,swear swore sworn,sweep swept swept,\
swim swam swum,swing swung swung,take took taken,teach taught taught,tear tore torn,tell told told,think thought thought,\
throw threw thrown,thrust thrust thrust,tread trod trodden,undergo underwent undergone,understand understood understood,\
undertake undertook undertaken,undo undid undone,upset upset upset,wake woke woken,wear wore worn,weave wove woven,\
weep wept wept,win won won,wind wound wound,withdraw withdrew withdrawn,withhold withheld withheld,\
withstand withstood withstood,write wrote written";

/// Plurals that are not regular.
const NOUNS: &str = "child children,person people,foot feet,tooth teeth,goose geese,mouse mice,life lives,wife wives,knife knives,\
leaf leaves,half halves,wolf wolves,shelf shelves,thief thieves,loaf loaves,calf calves,crisis crises,analysis analyses,\
basis bases,thesis theses,hypothesis hypotheses,diagnosis diagnoses,emphasis emphases,criterion criteria,\
phenomenon phenomena,species species,series series,aircraft aircraft,sheep sheep,deer deer,fish fish,means means,\
headquarters headquarters,human humans,german germans,roman romans";

/// Comparative and superlative of adjectives and adverbs that are not regular.
const COMPARED: &str = "good better best,well better best,bad worse worst,badly worse worst,far further furthest,little less least,much more most,many more most";

/// The irregular forms of a word, if it has any.
fn irregular(table: &'static str, word: &str) -> Option<Vec<String>> {
    let row = table.split(',').find(|row| row.split(' ').next() == Some(word))?;
    Some(row.split(' ').skip(1).map(str::to_owned).collect())
}

/// All forms of a word or phrase, the same number for each part of speech and in the same order: singular and plural;
/// infinitive, third person, past, participle, gerund; positive, comparative, superlative. An empty string stands for a form that
/// is not built.
///
/// Of a phrase the verb is its first word, the noun its last or the one before `of`. `knows` tells real words from others where
/// spelling alone does not decide (`visited`, `admitted`).
pub(super) fn forms(phrase: &str, part: PartOfSpeech, knows: &dyn Fn(&str) -> bool) -> Vec<String> {
    let words: Vec<&str> = phrase.split(' ').collect();
    let at = match part {
        PartOfSpeech::Verb => 0,
        _ => words.iter().position(|&w| w == "of").unwrap_or(words.len()).saturating_sub(1),
    };
    let word = words[at];
    let forms = match part {
        PartOfSpeech::Noun => vec![word.to_owned(), plural(word)],
        PartOfSpeech::Verb => conjugated(word, knows),
        PartOfSpeech::Adjective | PartOfSpeech::Adverb if words.len() == 1 => compared(word, knows),
        PartOfSpeech::Adjective | PartOfSpeech::Adverb => vec![word.to_owned(), String::new(), String::new()],
    };
    let whole = |form: String| {
        if form.is_empty() {
            return form;
        }
        let mut words = words.clone();
        words[at] = &form;
        words.join(" ")
    };
    forms.into_iter().map(whole).collect()
}

fn ends_with_consonant_and_y(word: &str) -> bool {
    word.ends_with('y') && !word[..word.len() - 1].ends_with(|c| "aeiou".contains(c))
}

fn hisses(word: &str) -> bool {
    ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end))
}

fn plural(word: &str) -> String {
    if let Some(mut forms) = irregular(NOUNS, word) {
        return forms.remove(0);
    }
    if let Some(stem) = word.strip_suffix("man") {
        return format!("{stem}men");
    }
    if ends_with_consonant_and_y(word) {
        return format!("{}ies", &word[..word.len() - 1]);
    }
    if hisses(word) { format!("{word}es") } else { format!("{word}s") }
}

fn conjugated(word: &str, knows: &dyn Fn(&str) -> bool) -> Vec<String> {
    let third = match word {
        "be" => "is".to_owned(),
        "have" => "has".to_owned(),
        "go" | "do" | "undergo" | "undo" => format!("{word}es"),
        _ if ends_with_consonant_and_y(word) => format!("{}ies", &word[..word.len() - 1]),
        _ if hisses(word) => format!("{word}es"),
        _ => format!("{word}s"),
    };
    let gerund = if let Some(stem) = word.strip_suffix("ie") {
        format!("{stem}ying")
    } else if word.ends_with('e') && !["ee", "oe", "ye"].iter().any(|end| word.ends_with(end)) && word != "be"
    {
        format!("{}ing", &word[..word.len() - 1])
    } else {
        suffixed(word, "ing", knows)
    };
    let (past, participle) = if let Some(mut forms) = irregular(VERBS, word) {
        let participle = forms.pop().unwrap_or_default();
        (forms.pop().unwrap_or_default(), participle)
    } else {
        let past = if word.ends_with('e') {
            format!("{word}d")
        } else if ends_with_consonant_and_y(word) {
            format!("{}ied", &word[..word.len() - 1])
        } else {
            suffixed(word, "ed", knows)
        };
        (past.clone(), past)
    };
    vec![word.to_owned(), third, past, participle, gerund]
}

/// Comparative and superlative if both are real words.
fn compared(word: &str, knows: &dyn Fn(&str) -> bool) -> Vec<String> {
    let pair = irregular(COMPARED, word).unwrap_or_else(|| {
        let built = |suffix: &str| {
            if word.ends_with('e') {
                format!("{word}{}", &suffix[1..])
            } else if ends_with_consonant_and_y(word) {
                format!("{}i{suffix}", &word[..word.len() - 1])
            } else {
                suffixed(word, suffix, knows)
            }
        };
        vec![built("er"), built("est")]
    });
    if pair.iter().all(|form| knows(form)) {
        [vec![word.to_owned()], pair].concat()
    } else {
        vec![word.to_owned(), String::new(), String::new()]
    }
}

/// The word with a suffix that starts with a vowel, its last consonant doubled if only that is a word, or if it has one syllable.
fn suffixed(word: &str, suffix: &str, knows: &dyn Fn(&str) -> bool) -> String {
    let plain = format!("{word}{suffix}");
    let letters: Vec<char> = word.chars().collect();
    let is_vowel = |c: char| "aeiou".contains(c);
    let [.., before, vowel, last] = letters[..] else { return plain };
    if is_vowel(before) || !is_vowel(vowel) || is_vowel(last) || "wxy".contains(last) {
        return plain;
    }
    let doubled = format!("{word}{last}{suffix}");
    let one_syllable = letters.iter().filter(|&&c| is_vowel(c)).count() == 1;
    match (knows(&plain), knows(&doubled)) {
        (true, false) => plain,
        (false, true) => doubled,
        _ if one_syllable => doubled,
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(phrase: &str, part: PartOfSpeech) -> String {
        let real = [
            "admitted",
            "admitting",
            "visited",
            "quicker",
            "quickest",
            "easier",
            "easiest",
            "better",
            "best",
        ];
        forms(phrase, part, &|word| real.contains(&word)).join(",")
    }

    #[test]
    fn verbs() {
        let verb = |word| of(word, PartOfSpeech::Verb);
        assert_eq!(verb("attach"), "attach,attaches,attached,attached,attaching");
        assert_eq!(verb("take"), "take,takes,took,taken,taking");
        assert_eq!(verb("admit"), "admit,admits,admitted,admitted,admitting");
        assert_eq!(verb("visit"), "visit,visits,visited,visited,visiting");
        assert_eq!(verb("stop"), "stop,stops,stopped,stopped,stopping");
        assert_eq!(verb("carry on"), "carry on,carries on,carried on,carried on,carrying on");
        assert_eq!(verb("agree"), "agree,agrees,agreed,agreed,agreeing");
        assert_eq!(verb("die"), "die,dies,died,died,dying");
    }

    #[test]
    fn nouns_and_adjectives() {
        assert_eq!(of("city", PartOfSpeech::Noun), "city,cities");
        assert_eq!(of("way of life", PartOfSpeech::Noun), "way of life,ways of life");
        assert_eq!(of("fireman", PartOfSpeech::Noun), "fireman,firemen");
        assert_eq!(of("box", PartOfSpeech::Noun), "box,boxes");
        assert_eq!(of("easy", PartOfSpeech::Adjective), "easy,easier,easiest");
        assert_eq!(of("quick", PartOfSpeech::Adjective), "quick,quicker,quickest");
        assert_eq!(of("good", PartOfSpeech::Adjective), "good,better,best");
        assert_eq!(of("serious", PartOfSpeech::Adjective), "serious,,");
    }
}
