/*
 * Drafts: <h:form data-draft="name"> is kept in this browser while it is typed, per person and page, put back when the page is opened
 * again (after an expired session, a crash, a closed tab) and forgotten once it was sent and accepted. Passwords, files and hidden
 * fields are never kept.
 */
(function () {
  'use strict';
  const meta = document.querySelector('meta[name=yiqi]');
  const person = (meta && meta.dataset.person) || 'guest';
  const DAYS = 7 * 864e5, SENT = 'yiqi.sent';
  const keep = (el) => el.name && !/^(password|hidden|file|submit|button|reset)$/.test(el.type) && !el.name.startsWith('jakarta.faces.') && !el.closest('[data-no-draft]');
  const key = (form) => 'yiqi.draft.' + person + '.' + location.pathname + '.' + form.dataset.draft;
  const fields = (form) => Array.from(form.elements).filter(keep);
  const value = (el) => (el.type === 'checkbox' || el.type === 'radio' ? el.checked : el.value);
  const name = (el) => el.name + (el.type === 'radio' || el.type === 'checkbox' ? '=' + el.value : '');

  function read(k) { try { return JSON.parse(localStorage.getItem(k)); } catch (x) { return null; } }
  function write(k, v) { try { v === null ? localStorage.removeItem(k) : localStorage.setItem(k, JSON.stringify(v)); } catch (x) { /* full or private: no draft, nothing lost that was there */ } }

  function set(el, v) {
    if (el.type === 'checkbox' || el.type === 'radio') { if (el.checked !== v) { el.checked = v; changed(el); } return; }
    if (el.value === v) return;
    const menu = el.tagName === 'SELECT' && el.closest('.ui-selectonemenu');
    const widget = menu && window.PrimeFaces && Object.values(window.PrimeFaces.widgets).find((w) => w && w.id === menu.id);
    if (widget && widget.selectValue) { widget.selectValue(v); return; }
    el.value = v;
    changed(el);
  }
  function changed(el) { el.dispatchEvent(new Event('change', { bubbles: true })); }

  function start(form) {
    const k = key(form), first = Object.fromEntries(fields(form).map((el) => [name(el), value(el)]));
    const draft = read(k);
    if (sessionStorage.getItem(SENT) === k) {
      sessionStorage.removeItem(SENT);
      if (!form.querySelector('.ui-state-error') && !document.querySelector('.ui-messages-error')) write(k, null);
    } else if (draft && Date.now() - draft.at < DAYS) {
      let put = 0;
      fields(form).forEach((el) => { const v = draft.values[name(el)]; if (v !== undefined && v !== first[name(el)]) { set(el, v); put++; } });
      if (put) note(form, draft.at, () => { write(k, null); fields(form).forEach((el) => { if (name(el) in first) set(el, first[name(el)]); }); });
    }
    let timer = 0;
    const save = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const values = {};
        fields(form).forEach((el) => { const v = value(el); if (v !== first[name(el)]) values[name(el)] = v; });
        write(k, Object.keys(values).length ? { at: Date.now(), values } : null);
      }, 400);
    };
    form.addEventListener('input', save);
    form.addEventListener('change', save);
    form.addEventListener('submit', () => { try { sessionStorage.setItem(SENT, k); } catch (x) { /* see write */ } });
    form.draftKey = k;
  }

  function note(form, at, discard) {
    const template = document.getElementById('draft-note');
    if (!template) return;
    const box = template.content.firstElementChild.cloneNode(true);
    box.querySelector('time').textContent = new Date(at).toLocaleString(document.documentElement.lang, { timeZone: 'Asia/Shanghai', dateStyle: 'medium', timeStyle: 'short' });
    box.querySelector('button').addEventListener('click', () => { discard(); box.remove(); });
    form.prepend(box);
  }

  document.querySelectorAll('form[data-draft]').forEach(start);
  /* An Ajax submit that passed validation and leaves the page (redirect) has been accepted. */
  if (window.jQuery) {
    window.jQuery(document).on('pfAjaxComplete', (e, xhr, settings, args) => {
      const source = settings && document.getElementById(settings.source && settings.source.id ? settings.source.id : settings.source);
      const form = source && source.closest && source.closest('form[data-draft]');
      if (form && args && !args.validationFailed && source.matches('[data-accepts]') && !document.querySelector('.ui-messages-error')) write(key(form), null);
      else if (form && xhr && xhr.responseText && xhr.responseText.includes('<redirect')) write(key(form), null);
    });
  }
})();
