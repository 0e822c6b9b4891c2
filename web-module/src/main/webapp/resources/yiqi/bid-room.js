/* The tender room: takes what is to be sealed to the worker, keeps the bid's own key, and says what happens. */
(() => {
  'use strict';
  const room = document.getElementById('bid-room');
  if (!room) { return; }
  const terms = JSON.parse(room.dataset.terms);
  const base = room.dataset.base;
  const $ = id => document.getElementById(id);
  const say = (text, bad) => {
    $('seal-say').textContent = text;
    $('seal-say').classList.toggle('bad', Boolean(bad));
  };

  /* Sealing goes on while the page answers. */
  const worker = new Worker(room.dataset.worker, { type: 'module' });
  const asked = new Map();
  worker.onmessage = ({ data }) => {
    const waiting = asked.get(data.id);
    if (data.say) { waiting.told(data.say); return; }
    asked.delete(data.id);
    if (data.error) { waiting.fail(new Error(data.error)); } else { waiting.done(data.answer); }
  };
  const ask = (task, details, told) => new Promise((done, fail) => {
    const id = String(asked.size) + performance.now();
    asked.set(id, { done, fail, told });
    worker.postMessage({ ...details, id, task });
  });

  /* The bid's own key: kept in this browser and handed out as a file, never sent anywhere. */
  const keys = 'yiqi-bid-key:';
  const keep = key => localStorage.setItem(keys + key.publicKey, JSON.stringify(key));
  const save = (name, value) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  async function keyFor(publicKey) {
    const file = $('seal-keyfile').files[0];
    const found = file ? JSON.parse(await file.text()) : JSON.parse(localStorage.getItem(keys + publicKey) || 'null');
    if (!found || found.publicKey !== publicKey) { throw new Error(room.dataset.sayNokey); }
    return found;
  }

  /* Money in minor units, as everywhere. */
  function minor(field) {
    const text = field.value.trim().replace(/,/g, '');
    if (!/^\d{1,13}(\.\d{1,2})?$/.test(text)) { field.focus(); throw new Error(room.dataset.sayPrice); }
    const [whole, part = ''] = text.split('.');
    return (whole + part.padEnd(2, '0')).replace(/^0+(?=\d)/, '');
  }

  function inside(envelope, lot) {
    const values = envelope === 'PRICE' ? { currency: 'CNY' } : {};
    room.querySelectorAll('[data-envelope=' + envelope + ']').forEach(field => {
      if (field.dataset.of && field.dataset.of !== lot) { return; }
      values[field.dataset.name] = field.dataset.money ? minor(field) : field.value;
    });
    return { envelope, values, files: [...$('seal-' + envelope.toLowerCase() + '-files').files] };
  }

  const lotOf = choice => choice.dataset.lot || choice.value.slice(4);

  /* The bid in the making and its key: a new one, or the next version of one that is there. */
  async function making() {
    const choice = $('seal-lot').selectedOptions[0];
    if (choice.value.startsWith('new:')) {
      const lot = lotOf(choice);
      say(room.dataset.sayKey);
      const key = await ask('newKey', {});
      keep(key);
      const bid = await ask('start', { base, lot, publicKey: key.publicKey });
      save('bid-key-' + lot + '.json', { ...key, bid: bid.id, lot, tender: terms.tender });
      return { bid: bid.id, lot, version: 1, key };
    }
    const key = await keyFor(choice.dataset.key);
    const next = choice.dataset.next ? Number(choice.dataset.next)
      : (await ask('replace', { base, bid: choice.value })).nextVersion;
    return { bid: choice.value, lot: choice.dataset.lot, version: next, key };
  }

  $('seal-form').addEventListener('submit', async event => {
    event.preventDefault();
    $('seal-go').disabled = true;
    try {
      const envelopes = terms.envelopes.map(envelope => inside(envelope, lotOf($('seal-lot').selectedOptions[0])));
      const { bid, lot, version, key } = await making();
      const task = { base, terms, bid, lot, version, key: key.key, publicKey: key.publicKey, envelopes };
      const receipt = await ask('submit', task, told => {
        say(room.dataset['say' + told.step[0].toUpperCase() + told.step.slice(1)]);
        $('seal-progress').hidden = told.step !== 'upload';
        $('seal-progress').value = told.percent || 0;
      });
      save('bid-receipt-' + lot + '-v' + version + '.json', receipt);
      say(room.dataset.sayDone);
      window.setTimeout(() => location.reload(), 1500);
    } catch (e) {
      say(e.message, true);
      $('seal-go').disabled = false;
    }
  });

  room.addEventListener('click', async event => {
    const button = event.target.closest('[data-bid-receipt], [data-bid-withdraw]');
    if (!button) { return; }
    try {
      if (button.dataset.bidReceipt) {
        save('bid-receipt.json', await ask('receipt', { base, bid: button.dataset.bidReceipt }));
        return;
      }
      if (!window.confirm(room.dataset.saySure)) { return; }
      const key = await keyFor(button.dataset.key);
      await ask('withdraw', { base, bid: button.dataset.bidWithdraw, tender: terms.tender, key: key.key });
      say(room.dataset.sayWithdrawn);
      window.setTimeout(() => location.reload(), 1500);
    } catch (e) {
      say(e.message, true);
    }
  });
})();
