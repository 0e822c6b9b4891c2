// The protocol of docs/sealing.md, a second time: whatever this file and the Java package org.yiqi.contract.sealing do not do alike,
// the published vectors show.
import { hkdf, sm2, sm3, sm4, weierstrassN } from './sm.js';

export const SUITE = 'yiqi-seal/1';
export const BUCKET = 64 * 1024;
export const CHUNK = 1024 * 1024;
const TAG = 16;
const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

const Point = weierstrassN({
  p: P,
  n: N,
  h: 1n,
  a: P - 3n,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
});

// Bytes

const utf8 = (text) => new TextEncoder().encode(text);
export const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
export const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));

export function base64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(text);
}

/** Base64 in its one spelling. */
export function unbase64(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  if (base64(bytes) !== text) {
    throw new Error('not Base64 in its one spelling');
  }
  return bytes;
}

export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function number(value, width = 4) {
  const bytes = new Uint8Array(width);
  for (let i = width - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) {
    bytes[i] = rest % 256;
  }
  return bytes;
}

const framed = (...parts) => concat(...parts.flatMap((part) => [number(part.length), part]));
export const digest = (bytes) => unhex(sm3(bytes));
const named = (purpose, ...parts) => digest(concat(framed(utf8(SUITE + ' ' + purpose)), framed(...parts)));

/** RFC 8785 for what has no numbers. */
export function canonical(value) {
  if (Array.isArray(value)) {
    return '[' + value.map(canonical).join(',') + ']';
  }
  if (value !== null && typeof value === 'object') {
    const names = Object.keys(value).sort();
    return '{' + names.map((name) => JSON.stringify(name) + ':' + canonical(value[name])).join(',') + '}';
  }
  return JSON.stringify(value);
}

// The group

const mod = (value) => ((value % N) + N) % N;
const integer = (bytes) => (bytes.length === 0 ? 0n : BigInt('0x' + hex(bytes)));
const encode = (point) => point.toBytes(true);
export const scalarBytes = (value) => unhex(value.toString(16).padStart(64, '0'));
const times = (point, value) => (value === 0n ? Point.ZERO : point.multiplyUnsafe(value));

function decode(bytes) {
  if (bytes.length !== 33 || (bytes[0] !== 2 && bytes[0] !== 3)) {
    throw new Error('not a compressed point');
  }
  const point = Point.fromBytes(bytes);
  point.assertValidity();
  return point;
}

function scalar(bytes) {
  const value = integer(bytes);
  if (bytes.length !== 32 || value >= N) {
    throw new Error('not a scalar of the curve');
  }
  return value;
}

function inverse(value) {
  let [a, b, x, y] = [mod(value), N, 1n, 0n];
  while (a > 1n) {
    const q = b / a;
    [a, b] = [b - q * a, a];
    [x, y] = [y - q * x, x];
    if (a === 0n) {
      throw new Error('no inverse');
    }
  }
  return mod(x);
}

const G = Point.BASE;
export const H = second();

function second() {
  for (let counter = 0; ; counter++) {
    try {
      return decode(concat(new Uint8Array([2]), named('second generator', new Uint8Array([counter]))));
    } catch {
      // Half of all numbers are no point's: the next one is tried.
    }
  }
}

export const systemRandom = (length) => crypto.getRandomValues(new Uint8Array(length));

export function randomScalar(random = systemRandom) {
  for (;;) {
    const value = integer(random(32));
    if (value > 0n && value < N) {
      return value;
    }
  }
}

/** The compressed point of a SubjectPublicKeyInfo on this curve, both in Base64. */
const SPKI = unhex('3059301306072a8648ce3d020106082a811ccf5501822d034200');
export function pointOf(publicKey) {
  const bytes = unbase64(publicKey);
  if (bytes.length !== SPKI.length + 65 || hex(bytes.subarray(0, SPKI.length)) !== hex(SPKI)) {
    throw new Error('not a public key on the curve of SM2');
  }
  const point = Point.fromBytes(bytes.subarray(SPKI.length));
  point.assertValidity();
  return base64(encode(point));
}

/** A key pair for one bid: the number in hexadecimal and the SubjectPublicKeyInfo in Base64. */
export function newKey(random = systemRandom) {
  const key = randomScalar(random);
  return { key: hex(scalarBytes(key)), publicKey: base64(concat(SPKI, G.multiply(key).toBytes(false))) };
}

/** SM2 with SM3, DER, in Base64. */
export const sign = (bytes, key) => base64(unhex(sm2.doSignature(bytes, key, { hash: true, der: true })));

// Proofs that one number takes g to a and h to b

function challenge(s, first, second) {
  const parts = framed(s.root, number(s.index), ...[s.g, s.a, s.h, s.b, first, second].map(encode));
  return mod(integer(concat(named(s.purpose + ' 0', parts), named(s.purpose + ' 1', parts))));
}

function prove(s, value, random) {
  const blind = randomScalar(random);
  const c = challenge(s, s.g.multiply(blind), s.h.multiply(blind));
  return { challenge: base64(scalarBytes(c)), response: base64(scalarBytes(mod(blind - c * value))) };
}

function proved(s, proof) {
  const c = scalar(unbase64(proof.challenge));
  const z = scalar(unbase64(proof.response));
  const first = times(s.g, z).add(times(s.a, c));
  const second = times(s.h, z).add(times(s.b, c));
  return !first.equals(Point.ZERO) && !second.equals(Point.ZERO) && challenge(s, first, second) === c;
}

// What an envelope belongs to: {tender, lot, bidderKey, version, envelope, deadline, terms, threshold, openers: [{org, key}]}

export function contextBytes(c) {
  return framed(
    utf8(SUITE),
    utf8(c.tender),
    utf8(c.lot),
    unbase64(c.bidderKey),
    number(c.version),
    utf8(c.envelope),
    utf8(c.deadline),
    utf8(c.terms),
    number(c.threshold),
    number(c.openers.length),
    ...c.openers.flatMap((opener) => [utf8(opener.org), unbase64(opener.key)]),
  );
}

const openerPoint = (context, index) => decode(unbase64(context.openers[index - 1].key));
const rootOf = (context, commitments, points, ciphertextDigest) =>
  named('root', contextBytes(context), unhex(ciphertextDigest), ...commitments.map(encode), ...points.map(encode));

function dealt(context, commitments, share, root, index) {
  let committed = Point.ZERO;
  for (const commitment of [...commitments].reverse()) {
    committed = times(committed, BigInt(index)).add(commitment);
  }
  return { purpose: 'deal', root, index, g: H, a: committed, h: openerPoint(context, index), b: share };
}

/** @returns {deal, ciphertext} */
export function seal(context, content, random = systemRandom) {
  const polynomial = Array.from({ length: context.threshold }, () => randomScalar(random));
  const at = (x) => polynomial.reduceRight((sum, a) => mod(sum * BigInt(x) + a), 0n);
  const ciphertext = underKey(true, G.multiply(polynomial[0]), context, padded(content));
  const commitments = polynomial.map((a) => H.multiply(a));
  const points = context.openers.map((_, i) => openerPoint(context, i + 1).multiply(at(i + 1)));
  const ciphertextDigest = hex(digest(ciphertext));
  const root = rootOf(context, commitments, points, ciphertextDigest);
  const shares = points.map((point, i) => ({
    point: base64(encode(point)),
    proof: prove(dealt(context, commitments, point, root, i + 1), at(i + 1), random),
  }));
  const deal = { commitments: commitments.map((c) => base64(encode(c))), digest: ciphertextDigest, shares };
  return { deal, ciphertext };
}

function parsed(context, deal) {
  const commitments = deal.commitments.map((c) => decode(unbase64(c)));
  const points = deal.shares.map((share) => decode(unbase64(share.point)));
  return { commitments, points, root: rootOf(context, commitments, points, deal.digest) };
}

/** Whether every opener got its share of one key, for this context. */
export function holds(context, deal) {
  try {
    const { commitments, points, root } = parsed(context, deal);
    return (
      commitments.length === context.threshold &&
      points.length === context.openers.length &&
      points.every((p, i) => proved(dealt(context, commitments, p, root, i + 1), deal.shares[i].proof))
    );
  } catch {
    return false;
  }
}

const released = (context, deal, index, point) => ({
  purpose: 'release',
  root: parsed(context, deal).root,
  index,
  g: G,
  a: openerPoint(context, index),
  h: point,
  b: decode(unbase64(deal.shares[index - 1].point)),
});

export function release(context, deal, index, key, random = systemRandom) {
  const point = decode(unbase64(deal.shares[index - 1].point)).multiply(inverse(key));
  const proof = prove(released(context, deal, index, point), key, random);
  return { index: String(index), point: base64(encode(point)), proof };
}

/** Whether this is the share that was dealt to this opener. */
export function releaseHolds(context, deal, share) {
  try {
    const index = Number(share.index);
    return proved(released(context, deal, index, decode(unbase64(share.point))), share.proof);
  } catch {
    return false;
  }
}

/** Opens an envelope, or throws an error whose `fault` says whose fault it is. */
export function open(context, deal, ciphertext, releases) {
  const broken = (fault) => Object.assign(new Error('broken by ' + fault), { fault });
  if (hex(digest(ciphertext)) !== deal.digest) {
    throw broken('CUSTODIAN');
  }
  if (!holds(context, deal)) {
    throw broken('BIDDER');
  }
  const shares = new Map();
  for (const share of releases) {
    if (!releaseHolds(context, deal, share)) {
      throw broken('OPENER');
    }
    if (shares.size < context.threshold) {
      shares.set(Number(share.index), decode(unbase64(share.point)));
    }
  }
  if (shares.size < context.threshold) {
    throw new Error('too few openers have released their shares');
  }
  let secret = Point.ZERO;
  for (const [i, point] of shares) {
    const others = [...shares.keys()].filter((j) => j !== i);
    const factor = others.reduce((f, j) => mod(f * BigInt(j) * inverse(BigInt(j - i))), 1n);
    secret = secret.add(times(point, factor));
  }
  try {
    return unpadded(underKey(false, secret, context, ciphertext));
  } catch {
    throw broken('BIDDER');
  }
}

function underKey(sealing, secret, context, bytes) {
  const associated = contextBytes(context);
  const material = hkdf(encode(secret), undefined, named('key', associated), 28);
  return gcm(sealing, material.slice(0, 16), material.slice(16), associated, bytes);
}

export function gcm(sealing, key, iv, associatedData, bytes) {
  const options = { mode: 'gcm', iv, associatedData, padding: 'none', output: 'array' };
  if (sealing) {
    const sealed = sm4.encrypt(bytes, key, { ...options, outputTag: true });
    return concat(sealed.output, sealed.tag);
  }
  const at = bytes.length - TAG;
  return sm4.decrypt(bytes.subarray(0, at), key, { ...options, tag: bytes.slice(at) });
}

const bucketed = (length) => Math.max(1, Math.ceil(length / BUCKET)) * BUCKET;

function padded(content) {
  const bytes = new Uint8Array(bucketed(8 + content.length));
  bytes.set(number(content.length, 8));
  bytes.set(content, 8);
  return bytes;
}

function unpadded(bytes) {
  const length = Number(integer(bytes.subarray(0, 8)));
  const content = bytes.subarray(8, 8 + length);
  if (content.length !== length || hex(padded(content)) !== hex(bytes)) {
    throw new Error('wrong padding');
  }
  return content;
}

// Attachments

export function sealedSize(size) {
  const whole = bucketed(size);
  return whole + Math.ceil(whole / CHUNK) * TAG;
}

/**
 * Seals a file chunk by chunk.
 *
 * @param read answers the bytes from one place to another
 * @param write is given each sealed chunk, and waited for
 * @returns the digest of the sealed form
 */
export async function sealFile(key, context, index, size, read, write) {
  const associated = named('attachment', contextBytes(context), number(index));
  const digests = [];
  let total = 0;
  for (let i = 0, at = 0, last = false; !last; i++, at += CHUNK) {
    last = at + CHUNK >= size;
    const content = await read(at, Math.min(size, at + CHUNK));
    const chunk = new Uint8Array(bucketed(content.length));
    chunk.set(content);
    const sealed = gcm(true, key, concat(number(i, 8), number(last ? 1 : 0)), associated, chunk);
    digests.push(digest(sealed));
    total += sealed.length;
    await write(sealed);
  }
  return hex(named('file', number(total, 8), digest(concat(...digests))));
}

// A bid

/** @param envelopes [{envelope, deal, size, files: [{digest, size}]}], sizes as decimal strings */
export const sealedBid = (c, envelopes) =>
  canonical({
    bidderKey: c.bidderKey,
    envelopes,
    lot: c.lot,
    suite: SUITE,
    tender: c.tender,
    terms: c.terms,
    version: String(c.version),
  });

export const commitment = (bid) => hex(digest(utf8(bid)));

/** What is inside an envelope. @param attachments [{key, name, size}] */
export const bidContent = (envelope, values, attachments, random = systemRandom) =>
  utf8(canonical({ attachments, envelope, salt: hex(random(32)), values }));
