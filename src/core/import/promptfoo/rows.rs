//! Its tests as rows of values: a row a test, and of lists one for each way to
//! choose a value.

use super::{
    super::{
        Why,
        suite::{MAX_ROWS, Row},
    },
    Reader, is_file,
};
use serde_json::{Map, Value};

/// Values by name; of a list all of them.
type Choices = Vec<(String, Vec<String>)>;

impl Reader {
    /// What every test begins with.
    pub(super) fn default_test(&mut self, value: Option<Value>) -> Choices {
        match value {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Object(mut test)) => {
                let vars = self.vars(test.shift_remove("vars"), "defaultTest.vars", true);
                for (name, _) in test {
                    self.leave_out(format!("defaultTest.{name}"), Why::NoPlace);
                }
                vars
            }
            Some(_) => {
                self.leave_out("defaultTest", Why::OtherFile);
                Vec::new()
            }
        }
    }

    pub(super) fn tests(&mut self, value: Option<Value>, before: &Choices, path: &str) {
        let tests = match value {
            None | Some(Value::Null) => return,
            Some(Value::Array(tests)) => tests,
            Some(_) => return self.leave_out(path, Why::OtherFile),
        };
        for (at, test) in tests.into_iter().enumerate() {
            let Value::Object(mut test) = test else {
                self.leave_out(format!("{path}[{at}]"), Why::OtherFile);
                continue;
            };
            let path = format!("{path}[]");
            let options = test.get("options");
            let fixed = options.and_then(|it| it.get("disableVarExpansion")?.as_bool());
            let expands = fixed != Some(true);
            let vars = self.vars(test.shift_remove("vars"), &format!("{path}.vars"), expands);
            let label = test.shift_remove("description");
            let label = label.and_then(|label| label.as_str().map(str::to_owned));
            // Which fields the tests have is said once, however many they are.
            for (name, _) in test {
                self.leave_out_once(format!("{path}.{name}"), Why::NoPlace);
            }
            self.expand(label, &merged(before, vars));
        }
    }

    /// Data with tests: each set of values with each test.
    pub(super) fn scenarios(&mut self, value: Option<Value>, before: &Choices) {
        let scenarios = match value {
            None | Some(Value::Null) => return,
            Some(Value::Array(scenarios)) => scenarios,
            Some(_) => return self.leave_out("scenarios", Why::OtherFile),
        };
        for (at, scenario) in scenarios.into_iter().enumerate() {
            let path = format!("scenarios[{at}]");
            let Value::Object(mut scenario) = scenario else {
                self.leave_out(path, Why::OtherFile);
                continue;
            };
            let data = match scenario.shift_remove("config") {
                Some(Value::Array(data)) => data,
                _ => vec![Value::Object(Map::new())],
            };
            let tests = scenario
                .shift_remove("tests")
                .unwrap_or_else(|| Value::Array(vec![Value::Object(Map::new())]));
            for one in data {
                let Value::Object(mut one) = one else {
                    self.leave_out_once(format!("{path}.config"), Why::OtherFile);
                    continue;
                };
                let path = format!("{path}.config[].vars");
                let vars = self.vars(one.shift_remove("vars"), &path, true);
                let before = merged(before, vars);
                self.tests(Some(tests.clone()), &before, "scenarios[].tests");
            }
        }
    }

    /// The values of a test. `expands`: a list is several values.
    fn vars(&mut self, value: Option<Value>, path: &str, expands: bool) -> Choices {
        let vars = match value {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Object(vars)) => vars,
            Some(_) => {
                self.leave_out_once(path.to_owned(), Why::OtherFile);
                return Vec::new();
            }
        };
        let mut choices = Vec::new();
        for (name, value) in vars {
            let path = format!("{path}.{name}");
            let items = match value {
                Value::Array(items) if expands => items,
                other => vec![other],
            };
            let mut values = Vec::with_capacity(items.len());
            for item in items {
                match item {
                    Value::String(text) if is_file(&text) => {
                        self.leave_out_once(path.clone(), Why::OtherFile);
                    }
                    Value::String(text) => values.push(self.template(&text, &path)),
                    Value::Null => values.push(String::new()),
                    other => values.push(other.to_string()),
                }
            }
            if !values.is_empty() {
                choices.push((name, values));
            }
        }
        choices
    }

    /// A row for each way to choose one value of each list; the last name
    /// changes fastest.
    pub(super) fn expand(&mut self, label: Option<String>, choices: &Choices) {
        let count = choices.iter().fold(1_usize, |count, (_, values)| {
            count.saturating_mul(values.len())
        });
        let free = MAX_ROWS.saturating_sub(self.suite.rows.len());
        self.suite.rows_left_out += count.saturating_sub(free);
        for number in 0..count.min(free) {
            let mut rest = number;
            let mut values = Vec::with_capacity(choices.len());
            for (name, all) in choices.iter().rev() {
                let value = all.get(rest % all.len()).cloned().unwrap_or_default();
                values.push((name.clone(), value));
                rest /= all.len();
            }
            values.reverse();
            self.suite.rows.push(Row {
                label: label.clone(),
                values,
            });
        }
    }
}

/// The later ones in place of the earlier ones of the same name.
fn merged(before: &Choices, after: Choices) -> Choices {
    let mut all = before.clone();
    for (name, values) in after {
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, slot)) => *slot = values,
            None => all.push((name, values)),
        }
    }
    all
}
