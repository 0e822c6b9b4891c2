// Seals and uploads off the page's thread. What is to be sealed never leaves this worker but sealed.
import * as s from './seal.js';

const PIECE = 4 * s.CHUNK;

async function send(method, address, body) {
  const json = !(body instanceof Uint8Array);
  const answer = await fetch(address, {
    method,
    body: json ? JSON.stringify(body || {}) : body,
    headers: { 'Content-Type': json ? 'application/json' : 'application/octet-stream' },
  });
  const text = await answer.text();
  const value = text && (answer.headers.get('Content-Type') || '').includes('json') ? JSON.parse(text) : {};
  if (!answer.ok) {
    throw new Error(value.detail || value.code || 'HTTP ' + answer.status);
  }
  return value;
}

/** Gathers sealed bytes into pieces of some megabytes and sends each where the one before ended. */
function uploader(address, told) {
  let waiting = [];
  let size = 0;
  let at = 0;
  const flush = async () => {
    if (size > 0) {
      const piece = s.concat(...waiting);
      waiting = [];
      size = 0;
      at = (await send('PUT', address + '?offset=' + at, piece)).size;
      told(at);
    }
  };
  return {
    async write(bytes) {
      waiting.push(bytes);
      size += bytes.length;
      if (size >= PIECE) {
        await flush();
      }
    },
    flush,
  };
}

async function envelope(context, content, files, upload) {
  const keys = files.map(() => s.systemRandom(16));
  const attachments = files.map((file, i) => ({ key: s.base64(keys[i]), name: file.name, size: String(file.size) }));
  const { deal, ciphertext } = s.seal(context, s.bidContent(context.envelope, content, attachments));
  await upload.write(ciphertext);
  const sealed = [];
  for (let i = 0; i < files.length; i++) {
    const read = async (from, to) => new Uint8Array(await files[i].slice(from, to).arrayBuffer());
    const digest = await s.sealFile(keys[i], context, i, files[i].size, read, upload.write);
    sealed.push({ digest, size: String(s.sealedSize(files[i].size)) });
  }
  await upload.flush();
  return { deal, envelope: context.envelope, files: sealed, size: String(ciphertext.length) };
}

const utf8 = (bytes) => new TextDecoder().decode(bytes);

/** Signs only the act that commits this very bid. */
function signed(toSign, key, expected) {
  const bytes = s.unbase64(toSign.bytes);
  const act = JSON.parse(utf8(bytes));
  for (const [name, value] of Object.entries(expected)) {
    const found = name === 'type' || name === 'subject' ? act[name] : act.body[name];
    if (found !== value) {
      throw new Error('the platform asks to sign another act: ' + name);
    }
  }
  return s.sign(bytes, key);
}

async function submit({ base, terms, bid, lot, version, key, publicKey, envelopes }, say) {
  const address = base + '/' + bid;
  await send('POST', address + '/clear');
  const total = envelopes.reduce(
    (sum, e) => sum + s.BUCKET + e.files.reduce((files, file) => files + s.sealedSize(file.size), 0),
    0,
  );
  let before = 0;
  const sealed = [];
  say({ step: 'seal' });
  for (const each of envelopes) {
    const context = {
      tender: terms.tender,
      lot,
      bidderKey: publicKey,
      version,
      envelope: each.envelope,
      deadline: terms.deadline,
      terms: terms.terms,
      threshold: Number(terms.threshold),
      openers: terms.openers[each.envelope],
    };
    let here = 0;
    const told = (at) => {
      here = at;
      say({ step: 'upload', percent: Math.min(100, Math.round(((before + at) / total) * 100)) });
    };
    sealed.push(await envelope(context, each.values, each.files, uploader(address + '/' + each.envelope, told)));
    before += here;
  }
  say({ step: 'stamp' });
  const manifest = s.sealedBid({ bidderKey: publicKey, lot, tender: terms.tender, terms: terms.terms, version }, sealed);
  const toSign = await send('POST', address + '/stamp', { manifest });
  const signature = signed(toSign, key, {
    type: 'bid.committed',
    subject: 'bid:' + bid,
    commitment: s.commitment(manifest),
    tender: terms.tender,
    lot,
    publicKey,
    terms: terms.terms,
  });
  return send('POST', address + '/submit', { signature });
}

const tasks = {
  newKey: async () => s.newKey(),
  start: ({ base, lot, publicKey }) => send('POST', base, { lot, publicKey }),
  replace: ({ base, bid }) => send('POST', base + '/' + bid + '/replace'),
  receipt: ({ base, bid }) => send('POST', base + '/' + bid + '/receipt'),
  submit,
  withdraw: async ({ base, bid, tender, key }) => {
    const toSign = await send('POST', base + '/' + bid + '/withdraw');
    if (toSign.bytes) {
      const signature = signed(toSign, key, { type: 'bid.withdrawn', subject: 'bid:' + bid, tender });
      await send('POST', base + '/' + bid + '/withdrawn', { signature });
    }
    return {};
  },
};

self.onmessage = async ({ data }) => {
  try {
    self.postMessage({ id: data.id, answer: await tasks[data.task](data, (say) => self.postMessage({ id: data.id, say })) });
  } catch (e) {
    self.postMessage({ id: data.id, error: String(e.message) });
  }
};
