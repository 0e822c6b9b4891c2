/* What the frame does in the browser: search palette, shortcuts, phone navigation, session warning, countdowns, first error. */
(function () {
  'use strict';
  const meta = document.querySelector('meta[name=yiqi]');
  const data = meta ? meta.dataset : {};
  const skew = data.now ? Date.parse(data.now) - Date.now() : 0;
  const $ = (selector, root) => (root || document).querySelector(selector);
  const typing = (el) => el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName));
  const shown = () => document.querySelector('dialog[open]');

  function open(id) {
    const dialog = document.getElementById(id);
    if (dialog && !shown()) dialog.showModal();
    return dialog;
  }

  /* Navigation on phones, menus */
  function nav(on) {
    document.body.classList.toggle('nav-open', on);
    const button = $('[data-nav=toggle]');
    if (button) button.setAttribute('aria-expanded', String(on));
    if (on) { const first = $('#side a'); if (first) first.focus(); }
  }
  document.addEventListener('click', (e) => {
    const opener = e.target.closest('[data-open]');
    if (opener) { opener.dataset.open === 'palette' ? palette.open() : open(opener.dataset.open); return; }
    const closer = e.target.closest('[data-close]');
    if (closer) { closer.closest('dialog').close(); return; }
    if (e.target.tagName === 'DIALOG') { e.target.close(); return; }
    if (e.target.closest('[data-nav=toggle]')) { nav(!document.body.classList.contains('nav-open')); return; }
    if (document.body.classList.contains('nav-open') && !e.target.closest('#side')) nav(false);
    document.querySelectorAll('details.menu[open]').forEach((m) => { if (!m.contains(e.target)) m.open = false; });
    if (e.target.closest('[data-print]')) window.print();
    const copy = e.target.closest('[data-copy]');
    if (copy && navigator.clipboard) navigator.clipboard.writeText(copy.dataset.copy).then(() => copy.classList.add('copied'));
  });

  /* Search palette */
  const palette = (function () {
    const dialog = document.getElementById('palette');
    if (!dialog) return { open() {} };
    const input = $('input', dialog), list = $('ul', dialog);
    let turn = 0, timer = 0, at = -1;
    const options = () => Array.from(list.querySelectorAll('[role=option]'));
    function select(i) {
      const all = options();
      at = all.length ? (i + all.length) % all.length : -1;
      all.forEach((o, n) => o.setAttribute('aria-selected', String(n === at)));
      if (at >= 0) { input.setAttribute('aria-activedescendant', all[at].id); all[at].scrollIntoView({ block: 'nearest' }); } else input.removeAttribute('aria-activedescendant');
    }
    function say(text) {
      const li = document.createElement('li');
      li.className = 'mute'; li.setAttribute('role', 'option'); li.setAttribute('aria-disabled', 'true'); li.textContent = text; li.style.padding = '10px 12px';
      list.replaceChildren(li);
    }
    function show(hits) {
      if (!hits.length) { say(dialog.dataset.none); return; }
      list.replaceChildren(...hits.map((hit, n) => {
        const li = document.createElement('li'), icon = document.createElement('i'), name = document.createElement('span'), note = document.createElement('small');
        li.id = 'palette-' + n; li.setAttribute('role', 'option'); li.dataset.path = hit.path;
        icon.className = 'pi pi-' + hit.icon; icon.setAttribute('aria-hidden', 'true'); name.textContent = hit.title; note.textContent = hit.note;
        li.append(icon, name, note);
        return li;
      }));
      select(0);
    }
    function ask() {
      const mine = ++turn;
      fetch(dialog.dataset.source + '?q=' + encodeURIComponent(input.value), { headers: { Accept: 'application/json' } })
        .then((r) => (r.ok && (r.headers.get('content-type') || '').includes('json') ? r.json() : Promise.reject(r.status)))
        .then((hits) => { if (mine === turn) show(hits); })
        .catch(() => { if (mine === turn) say(dialog.dataset.failed); });
    }
    input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    input.addEventListener('keydown', (e) => {
      if (e.key === 'ArrowDown') { select(at + 1); e.preventDefault(); }
      else if (e.key === 'ArrowUp') { select(at - 1); e.preventDefault(); }
      else if (e.key === 'Enter') { const o = options()[at]; if (o && o.dataset.path) window.location.assign(o.dataset.path); e.preventDefault(); }
    });
    list.addEventListener('click', (e) => { const o = e.target.closest('[data-path]'); if (o) window.location.assign(o.dataset.path); });
    return { open() { if (shown()) return; dialog.showModal(); input.select(); ask(); } };
  })();

  /* Shortcuts */
  let before = '';
  document.addEventListener('keydown', (e) => {
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') { e.preventDefault(); palette.open(); return; }
    if (e.key === 'Escape') { nav(false); document.querySelectorAll('details.menu[open]').forEach((m) => { m.open = false; $('summary', m).focus(); }); }
    if (typing(e.target) || shown() || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === '?') { e.preventDefault(); open('keys'); }
    else if (e.key === '/') { const f = $('[data-filter]') || $('.filters input[type=text], .filters input[type=search], .filters .ui-inputfield'); e.preventDefault(); f ? f.focus() : palette.open(); }
    else if (before === 'g' && e.key === 'h') window.location.assign((data.context || '') + '/');
    else if (before === 'g' && e.key === 'e') window.location.assign((data.context || '') + '/equipment/units');
    before = e.key;
  });

  /* Session: warn two minutes before it ends; any answer of the server starts the time again. */
  const idle = Number(data.idle || 0) * 1000;
  if (idle > 0) {
    let last = Date.now();
    const dialog = document.getElementById('expiry');
    const touch = () => { last = Date.now(); try { localStorage.setItem('yiqi.seen', String(last)); } catch (x) { /* private mode */ } };
    touch();
    window.addEventListener('storage', (e) => { if (e.key === 'yiqi.seen') last = Math.max(last, Number(e.newValue)); });
    if (window.jQuery) window.jQuery(document).on('pfAjaxSuccess', touch);
    const stay = dialog && $('[data-stay]', dialog);
    if (stay) stay.addEventListener('click', () => { fetch(document.getElementById('palette').dataset.source).then((r) => { if (r.ok && !r.redirected) { touch(); dialog.close(); } else window.location.reload(); }); });
    setInterval(() => {
      const left = idle - (Date.now() - last);
      if (left <= 0) { window.location.reload(); return; }
      if (!dialog) return;
      if (left < 120000) { if (!shown()) dialog.showModal(); $('[data-seconds]', dialog).textContent = Math.floor(left / 60000) + ':' + String(Math.floor(left / 1000) % 60).padStart(2, '0'); }
      else if (dialog.open) dialog.close();
    }, 1000);
  }

  /* Countdowns run by the server's clock. */
  function tick() {
    document.querySelectorAll('[data-until]').forEach((el) => {
      const left = Date.parse(el.dataset.until) - (Date.now() + skew), abs = Math.abs(left), zh = data.lang !== 'en';
      const d = Math.floor(abs / 864e5), h = Math.floor(abs / 36e5) % 24, m = Math.floor(abs / 6e4) % 60, s = Math.floor(abs / 1e3) % 60;
      const unit = zh ? [' 天 ', ' 小时 ', ' 分 ', ' 秒'] : [' d ', ' h ', ' min ', ' s'];
      const text = d ? d + unit[0] + h + unit[1] : h ? h + unit[1] + m + unit[2] : m ? m + unit[2] + (m < 10 ? s + unit[3] : '') : s + unit[3];
      el.textContent = left < 0 ? el.dataset.over + ' ' + text.trim() : zh ? el.dataset.left + ' ' + text.trim() : text.trim() + ' ' + el.dataset.left;
      el.classList.toggle('bad', left < 0);
      el.classList.toggle('warn', left >= 0 && left < Number(el.dataset.warnHours || 4) * 36e5);
      el.classList.toggle('info', left >= Number(el.dataset.warnHours || 4) * 36e5);
    });
  }
  tick();
  setInterval(tick, 1000);

  /* PrimeFaces' file button is a span that takes focus with an input inside that does not: the input itself does it better. */
  function roles() {
    document.querySelectorAll('input[type=file][aria-hidden]').forEach((el) => { if (!el.closest('.ui-fileupload-choose')) el.removeAttribute('aria-hidden'); });
    document.querySelectorAll('.ui-fileupload-choose[tabindex]').forEach((el) => {
      const input = $('input[type=file]', el), label = el.getAttribute('aria-labelledby');
      if (!input) return;
      el.removeAttribute('tabindex'); el.removeAttribute('aria-labelledby'); el.removeAttribute('role');
      input.removeAttribute('aria-hidden'); input.removeAttribute('tabindex');
      if (label) input.setAttribute('aria-labelledby', label);
    });
  }
  roles();
  window.addEventListener('load', () => setTimeout(roles, 0));

  /* Focus goes to the first error, or to the first field of a form that asks for it. */
  function toFirstError(root) {
    const bad = $('.ui-state-error:not(.ui-message):not([type=hidden])', root), field = bad && (typing(bad) ? bad : $('input,select,textarea,[tabindex]', bad));
    if (field) { field.focus(); return true; }
    return false;
  }
  if (!toFirstError(document)) {
    const form = $('form[data-focus]'), first = form && $('input:not([type=hidden]),select,textarea', form);
    if (first && !first.value && window.matchMedia('(hover: hover)').matches) first.focus();
  }
  if (window.jQuery) window.jQuery(document).on('pfAjaxComplete', () => setTimeout(() => { tick(); roles(); toFirstError(document); }, 0));
})();
