// Protocol Buffers, as far as the plugin protocol needs them: strings, bytes, booleans, integers, doubles, messages, lists and
// maps. A message is described by a table { field: [number, kind] }; kinds are 'string', 'bytes', 'bool', 'int', 'double', a
// table for a message, ['string'] or [table] for a list, and { map: kind } for a map with texts as keys. A third element
// that is true says that an empty value is written, too.

const VARINT = 0, EIGHT = 1, BYTES = 2, FOUR = 5;
const utf8 = new TextDecoder();

export function encode(table, value) {
  const parts = [];
  for (const [name, [number, kind, always]] of Object.entries(table)) {
    const given = value[name];
    if (given === undefined || given === null) continue;
    if (Array.isArray(kind)) {
      for (const each of given) parts.push(field(number, kind[0], each));
    } else if (kind.map) {
      for (const [key, each] of Object.entries(given)) {
        parts.push(field(number, { key: [1, 'string'], value: [2, kind.map] }, { key, value: each }));
      }
    } else if (always || typeof kind === 'object' || !isUnset(given)) {
      parts.push(field(number, kind, given));
    }
  }
  return Buffer.concat(parts);
}

export function decode(table, bytes) {
  const byNumber = new Map(Object.entries(table).map(([name, [number, kind]]) => [number, [name, kind]]));
  const value = empty(table);
  for (let at = 0; at < bytes.length; ) {
    let tag, raw;
    [tag, at] = varint(bytes, at);
    [raw, at] = read(Number(tag & 7n), bytes, at);
    const known = byNumber.get(Number(tag >> 3n));
    if (known) put(value, ...known, raw); // what is not known comes from a newer host, and is left
  }
  return value;
}

function empty(table) {
  const value = {};
  for (const [name, [, kind]] of Object.entries(table)) {
    if (Array.isArray(kind)) value[name] = [];
    else if (kind.map) value[name] = {};
    else if (kind === 'string') value[name] = '';
    else if (kind === 'bytes') value[name] = Buffer.alloc(0);
    else if (kind === 'bool') value[name] = false;
    else if (typeof kind === 'string') value[name] = 0;
  }
  return value;
}

function put(value, name, kind, raw) {
  if (Array.isArray(kind)) {
    value[name].push(convert(kind[0], raw));
  } else if (kind.map) {
    const entry = decode({ key: [1, 'string'], value: [2, kind.map] }, raw);
    value[name][entry.key] = entry.value;
  } else {
    value[name] = convert(kind, raw);
  }
}

function convert(kind, raw) {
  if (kind === 'string') return utf8.decode(raw);
  if (kind === 'bytes') return Buffer.from(raw);
  if (kind === 'bool') return raw !== 0n;
  if (kind === 'int') return Number(BigInt.asIntN(64, raw));
  return kind === 'double' ? raw : decode(kind, raw);
}

function read(wire, bytes, at) {
  if (wire === VARINT) return varint(bytes, at);
  if (wire === EIGHT) return [bytes.readDoubleLE(at), at + 8];
  if (wire === FOUR) return [bytes.readFloatLE(at), at + 4];
  if (wire !== BYTES) throw new Error(`wire type ${wire} is not of protocol 3`);
  const [length, begin] = varint(bytes, at);
  const end = begin + Number(length);
  if (end > bytes.length) throw new Error('a message is cut short');
  return [bytes.subarray(begin, end), end];
}

function varint(bytes, at) {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    if (at >= bytes.length) throw new Error('a message is cut short');
    const byte = bytes[at++];
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return [value, at];
  }
  throw new Error('a number is too long');
}

function field(number, kind, value) {
  if (kind === 'bool') return Buffer.concat([tag(number, VARINT), writeVarint(value ? 1n : 0n)]);
  if (kind === 'int') return Buffer.concat([tag(number, VARINT), writeVarint(BigInt.asUintN(64, BigInt(Math.trunc(value))))]);
  if (kind === 'double') {
    const raw = Buffer.alloc(8);
    raw.writeDoubleLE(value);
    return Buffer.concat([tag(number, EIGHT), raw]);
  }
  const raw = typeof kind === 'object' ? encode(kind, value) : Buffer.from(value);
  return Buffer.concat([tag(number, BYTES), writeVarint(BigInt(raw.length)), raw]);
}

function tag(number, wire) {
  return writeVarint(BigInt((number << 3) | wire));
}

function writeVarint(value) {
  const bytes = [];
  for (; value > 0x7fn; value >>= 7n) bytes.push(Number(value & 0x7fn) | 0x80);
  bytes.push(Number(value));
  return Buffer.from(bytes);
}

// In protocol 3 an unset field and a zero are the same; inside a oneof they are not (see Value in messages.mjs).
function isUnset(value) {
  return value === '' || value === 0 || value === false || (value instanceof Uint8Array && value.length === 0);
}
