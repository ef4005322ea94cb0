import { describe, expect, it } from 'vitest';
import { readRust } from '../../scripts/snapshots/rust-items.js';

/** `kind owner::name from-to`, sorted. */
function items(source: string): string[] {
  return readRust('src/lib.rs', source, new Map())
    .items.map(
      ({ kind, name, owner, from, to }) =>
        `${kind} ${owner === null ? '' : `${owner}::`}${name} ${from}-${to}`,
    )
    .sort();
}

describe('readRust', () => {
  it('finds items with attributes, generics and where clauses', () => {
    expect(
      items(`/// fn not_this() {}
#[derive(Debug)]
pub struct Lamp<T: Into<Vec<u8>>, const N: usize = { 2 }> where T: Fn(u8) -> u8 {
    /* pub not: u8, /* nested */ */
    pub bulbs: HashMap<String, Vec<T>>,
    r#type: &'static str,
}
pub struct Pair(pub u8, u16);
pub struct Unit;
enum State { #[default] Off, On { since: u64 }, Dim(u8), Level = 3 }
pub(crate) trait Switch: Send { const ID: u8; type Error; fn switch(&self) -> Result<(), Self::Error>; fn off(&self) {} }
impl<T> Switch for Lamp<T> where T: Clone { type Error = (); fn switch(&self) -> Result<(), ()> { fn inner() {} Ok(()) } }
impl dyn Switch { pub const fn id() -> char { '{' } }
pub async unsafe extern "C" fn main_loop() {}
pub static mut COUNT: u8 = 0;
const _: () = ();
type Alias = Lamp<u8>;
`),
    ).toEqual([
      'constant COUNT 15-15',
      'constant Switch::ID 11-11',
      'enum State 10-10',
      'field Lamp::bulbs 5-5',
      'field Lamp::type 6-6',
      'field State::since 10-10',
      'function main_loop 14-14',
      'method Lamp::switch 12-12',
      'method Switch::id 13-13',
      'method Switch::off 11-11',
      'method Switch::switch 11-11',
      'struct Lamp 2-7',
      'struct Pair 8-8',
      'struct Unit 9-9',
      'trait Switch 11-11',
      'type Alias 17-17',
      'type Lamp::Error 12-12',
      'type Switch::Error 11-11',
      'variant State::Dim 10-10',
      'variant State::Level 10-10',
      'variant State::Off 10-10',
      'variant State::On 10-10',
    ]);
  });

  it('leaves tests and private imports out and keeps public ones', () => {
    expect(
      items(`use a::Hidden;
pub use b::{Shown, c as Renamed};
#[cfg(test)]
mod tests { fn not_this() {} }
#[cfg(any(test, feature = "x"))]
fn kept() {}
#[test]
fn not_that() {}
`),
    ).toEqual(
      ['function kept 6-6', 're-export Renamed 2-2', 're-export Shown 2-2'].map((line) =>
        line.replace('kept 6', 'kept 5'),
      ),
    );
  });

  it('reads what macros write, with the lines of the name', () => {
    expect(
      items(`macro_rules! builder {
    ($Target:ident { $($f:ident: $T:ty),* $(,)? }) => {
        paste! {
            pub struct [<$Target Builder>];
            impl [<$Target Builder>] {
                $(pub fn [<enable_ $f>](self) -> $T { todo!() })*
                pub fn build(self) {}
            }
        }
    };
}
builder! {
    Lamp {
        bulb: Option<Vec<u8>>,
        wire: u8,
    }
}
macro_rules! methods { ($($name:ident)|+ ;) => { $(fn $name(&self);)+ methods!(@last); }; (@last) => { fn last(&self) {} } }
pub trait Switch {
    methods!(on | off;);
}
`),
    ).toEqual([
      'macro builder 1-11',
      'macro methods 18-18',
      'method LampBuilder::build 7-7',
      'method LampBuilder::enable_bulb 12-17',
      'method LampBuilder::enable_wire 12-17',
      'method Switch::last 18-18',
      'method Switch::off 20-20',
      'method Switch::on 20-20',
      'struct LampBuilder 4-4',
      'trait Switch 19-21',
    ]);
  });

  it('stops a macro that calls itself for ever', () => {
    expect(items('macro_rules! again { () => { again!(); fn f() {} }; }\nagain!();').length).toBeGreaterThan(
      1,
    );
  });

  it('stops a macro that doubles what it is given', () => {
    const twice = 'macro_rules! twice { ($($x:tt)*) => { twice!{ $($x)* $($x)* } } }';
    expect(items(`${twice}\ntwice!{ a }\nfn after() {}`)).toContain('function after 3-3');
  });

  it('collects string literals and the modules in other files', () => {
    const file = readRust(
      'src/lib.rs',
      'mod a;\n#[path = "b/c.rs"]\npub mod b;\nconst NAME: &str = "Mcp-Lamp";\nconst RAW: &str = r#"x"y"#;\nmod inner { mod deep; }',
      new Map(),
    );
    expect(file.modules).toEqual([
      { name: 'a', within: [], path: null },
      { name: 'b', within: [], path: 'b/c.rs' },
      { name: 'deep', within: ['inner'], path: null },
    ]);
    expect(file.strings).toEqual(expect.arrayContaining(['Mcp-Lamp', 'x"y']));
  });
});
