/* Which columns of a list are shown: a person's choice, kept in this browser. The first column says what a row is and stays. */
(function () {
  'use strict';
  function read(key, usual) { try { return JSON.parse(localStorage.getItem(key)) || usual; } catch (x) { return usual; } }
  function write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch (x) { /* full or private: the choice lasts for this page */ } }

  document.querySelectorAll('details[data-columns]').forEach((menu) => {
    const table = document.getElementById(menu.dataset.columns), panel = menu.querySelector('.menu-panel');
    if (!table) return;
    const key = 'yiqi.columns.' + location.pathname;
    let hidden = read(key, (table.dataset.off || '').split(' ').filter(Boolean).map(Number));
    const show = () => Array.from(table.rows).forEach((row) => Array.from(row.cells).forEach((cell, i) => { cell.hidden = hidden.includes(i); }));
    Array.from(table.tHead.rows[0].cells).forEach((head, i) => {
      if (i === 0 || head.querySelector('.sr, .sr-only')) return;
      const label = document.createElement('label'), box = document.createElement('input');
      box.type = 'checkbox';
      box.checked = !hidden.includes(i);
      box.addEventListener('change', () => {
        hidden = box.checked ? hidden.filter((n) => n !== i) : hidden.concat(i);
        write(key, hidden);
        show();
      });
      label.append(box, document.createTextNode(head.textContent.trim()));
      panel.append(label);
    });
    show();
  });
})();
