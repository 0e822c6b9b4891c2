// Runs in a worker of a real browser: holds the second implementation against the published vectors, then seals and opens with
// what the test's Java sends.
import * as s from '/resources/sealing/seal.js';

const same = (what, expected, found) => {
  if (s.canonical(expected) !== s.canonical(found)) {
    throw new Error(what + ': expected ' + s.canonical(expected).slice(0, 300) + ', found ' + s.canonical(found).slice(0, 300));
  }
};
const context = (c) => ({ ...c, version: Number(c.version), threshold: Number(c.threshold) });
const number = (bytes) => BigInt('0x' + s.hex(bytes));

/** SM3 over the seed and a counter, as the vectors say. */
function seeded(seed) {
  let counter = 0;
  return (length) => {
    const blocks = [];
    for (let i = 0; i < length; i += 32) {
      const place = new Uint8Array(4);
      new DataView(place.buffer).setUint32(0, counter++);
      blocks.push(s.digest(s.concat(new TextEncoder().encode(seed), place)));
    }
    return s.concat(...blocks).slice(0, length);
  };
}

function envelope(v) {
  const c = context(v.context);
  const random = seeded(v.seed);
  const keys = c.openers.map(() => s.base64(s.scalarBytes(s.randomScalar(random))));
  same('keys', v.openersKeys, keys);
  same('context', v.contextBytes, s.hex(s.contextBytes(c)));
  const content = s.unbase64(v.content);
  const { deal, ciphertext } = s.seal(c, content, random);
  same('deal', v.deal, deal);
  if (!s.holds(c, v.deal) || s.holds({ ...c, version: c.version + 1 }, v.deal) || s.holds({ ...c, lot: '2' }, v.deal)) {
    throw new Error('a deal holds for its own context and for no other');
  }
  const releases = keys.map((key, i) => s.release(c, deal, i + 1, number(s.unbase64(key)), random));
  same('releases', v.releases, releases);
  same('content', v.content, s.base64(s.open(c, deal, ciphertext, releases.slice(-c.threshold))));
  refused(c, deal, ciphertext, releases);
}

function refused(c, deal, ciphertext, releases) {
  const fault = (act) => {
    try {
      act();
      return 'none';
    } catch (e) {
      return e.fault || 'too few';
    }
  };
  const flipped = ciphertext.slice();
  flipped[99] ^= 1;
  same('flipped', 'CUSTODIAN', fault(() => s.open(c, deal, flipped, releases)));
  const replayed = { ...releases[0], index: '2' };
  same('replayed', 'OPENER', fault(() => s.open(c, deal, ciphertext, [replayed, ...releases])));
  same('too few', 'too few', fault(() => s.open(c, deal, ciphertext, releases.slice(1, c.threshold))));
  const swapped = { ...deal, shares: [deal.shares[1], deal.shares[0], ...deal.shares.slice(2)] };
  same('swapped', 'BIDDER', fault(() => s.open(c, swapped, ciphertext, releases)));
}

async function file(v) {
  const random = seeded(v.seed);
  context(v.context).openers.forEach(() => s.randomScalar(random));
  const key = random(16);
  same('key', v.key, s.base64(key));
  const content = random(Number(v.size));
  let sealed = 0;
  const read = async (from, to) => content.slice(from, to);
  const digest = await s.sealFile(key, context(v.context), Number(v.index), content.length, read, async (chunk) => {
    sealed += chunk.length;
  });
  same('digest', v.digest, digest);
  same('size', [v.sealedSize, String(s.sealedSize(content.length))], [String(sealed), v.sealedSize]);
}

async function vectors() {
  const v = await (await fetch('/docs/sealing-vectors.json')).json();
  same('suite', v.suite, s.SUITE);
  same('second generator', v.secondGenerator, s.base64(s.H.toBytes(true)));
  v.envelopes.forEach(envelope);
  for (const each of v.files) {
    await file(each);
  }
  same('commitment', v.bid.commitment, s.commitment(v.bid.json));
  const bid = JSON.parse(v.bid.json);
  same('bid', v.bid.json, s.sealedBid({ ...bid, version: 1 }, bid.envelopes));
  return { envelopes: v.envelopes.length, files: v.files.length };
}

function sealed(task) {
  const began = performance.now();
  const key = s.newKey();
  const c = { ...context(task.context), bidderKey: key.publicKey };
  const content = s.bidContent(c.envelope, task.values, []);
  const { deal, ciphertext } = s.seal(c, content);
  return {
    bidderKey: key.publicKey,
    bytes: s.base64(content),
    ciphertext: s.base64(ciphertext),
    deal: s.canonical(deal),
    milliseconds: Math.round(performance.now() - began),
    point: s.pointOf(key.publicKey),
    signature: s.sign(content, key.key),
  };
}

const tasks = {
  vectors,
  seal: sealed,
  open: (task) => s.base64(s.open(context(task.context), task.deal, s.unbase64(task.ciphertext), task.releases)),
};

self.onmessage = async ({ data }) => {
  try {
    self.postMessage({ answer: await tasks[data.task](data) });
  } catch (e) {
    self.postMessage({ error: String(e.message) + ' ' + e.stack });
  }
};
