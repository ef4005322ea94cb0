import { describe, expect, it } from 'vitest';
import {
  cargoNoise,
  durations,
  normalise,
  normaliserNames,
  paths,
  ports,
  processIds,
  uuids,
} from '../../scripts/listings/normalise.js';

const HERE = {
  root: '/home/ada/desk',
  folder: '/home/ada/desk/listings/rust',
  home: '/home/ada',
  temporary: '/tmp',
};

describe('durations', () => {
  it.each([
    ['finished in 0.03s', 'finished in <duration>'],
    ['took 12 ms, then 1.5µs and 250ns', 'took <duration>, then <duration> and <duration>'],
    ['in 2m 03s', 'in <duration>'],
    ['3 seconds', '<duration>'],
  ])('replaces %s', (text, expected) => {
    expect(durations(text)).toBe(expected);
  });
  it.each(['version 1.2.3', 'utf8s', 'v3s', 'line 12', '5 systems', '10 msgs'])('leaves %s alone', (text) => {
    expect(durations(text)).toBe(text);
  });
});

describe('ports', () => {
  it('numbers the ports of loopback addresses by their first appearance', () => {
    expect(ports('http://127.0.0.1:41233/mcp localhost:8080 [::1]:41233 0.0.0.0:1')).toBe(
      'http://127.0.0.1:<port-1>/mcp localhost:<port-2> [::1]:<port-1> 0.0.0.0:<port-3>',
    );
  });
  it('leaves other hosts and times alone', () => {
    const text = 'example.org:443 at 12:30, day 2, 14:05, 127.0.0.1';
    expect(ports(text)).toBe(text);
  });
});

describe('processIds', () => {
  it('numbers processes by their first appearance', () => {
    expect(processIds('pid 4711, PID: 12, "pid":"4711", process 13')).toBe(
      'pid <pid-1>, PID: <pid-2>, "pid":"4711", process <pid-3>',
    );
    expect(processIds('pid=7')).toBe('pid=<pid-1>');
  });
  it('leaves other numbers alone', () => {
    expect(processIds('rapid 4, 3 processes')).toBe('rapid 4, 3 processes');
  });
});

describe('uuids', () => {
  it('numbers UUIDs, whatever their case', () => {
    expect(
      uuids(
        'a 67e55044-10b1-426f-9247-bb680e5fe0c8 b 67E55044-10B1-426F-9247-BB680E5FE0C8 c 00000000000000000000000000000001',
      ),
    ).toBe('a <uuid-1> b <uuid-1> c <uuid-2>');
  });
  it('leaves longer hexadecimal text alone', () => {
    const text = 'a'.repeat(64);
    expect(uuids(text)).toBe(text);
  });
});

describe('paths', () => {
  it('shortens the folders of this machine, the longest first', () => {
    expect(
      paths('/home/ada/desk/listings/rust/src/main.rs /home/ada/desk/docs /home/ada/.cargo /tmp/x', HERE),
    ).toBe('./src/main.rs <root>/docs ~/.cargo <tmp>/x');
  });
  it('leaves longer names alone', () => {
    expect(paths('/home/adam /tmpfile /home/ada-2', HERE)).toBe('/home/adam /tmpfile /home/ada-2');
  });
});

describe('cargoNoise', () => {
  it('leaves out the lines that depend on what is built already', () => {
    expect(
      cargoNoise(
        '   Compiling greet v0.1.0\n    Finished `dev` profile\n     Running `target/debug/greet`\nHello\nRunning late\n',
      ),
    ).toBe('Hello\nRunning late\n');
  });
});

describe('normalise', () => {
  it('always gives plain text with one line ending at its end', () => {
    expect(normalise('\u001b[1mHello\u001b[0m  \r\nyou\n\n\n', [], HERE)).toBe('Hello\nyou\n');
    expect(normalise('\n\n', [], HERE)).toBe('');
  });
  it('applies the named normalisers only, in their order', () => {
    expect(normalise('pid 4 took 3ms', ['durations'], HERE)).toBe('pid 4 took <duration>\n');
    expect(normalise('pid 4 took 3ms', ['process-ids', 'durations'], HERE)).toBe(
      'pid <pid-1> took <duration>\n',
    );
  });
  it('changes nothing when it is applied again', () => {
    const text = 'pid 4 took 3ms on 127.0.0.1:80 in /tmp/x with 67e55044-10b1-426f-9247-bb680e5fe0c8\n';
    const once = normalise(text, normaliserNames, HERE);
    expect(normalise(once, normaliserNames, HERE)).toBe(once);
  });
});
