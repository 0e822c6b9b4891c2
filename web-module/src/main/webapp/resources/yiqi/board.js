// Moving a card of the work order board: the column it is dropped on says which act is meant; the order's page asks for what the act
// needs. The menu of each card does the same without a pointer.
(function () {
  'use strict';
  const board = document.querySelector('.board');
  if (!board) {
    return;
  }
  const meaning = {
    triaged: ['triage'],
    dispatched: ['dispatch'],
    accepted: ['accept', 'depart'],
    working: ['start', 'resume', 'refuse'],
    waiting: ['wait'],
    check: ['repair', 'verify'],
    released: ['release'],
  };
  let dragged = null;

  const actFor = (card, column) => {
    const possible = card.dataset.acts.split(' ');
    return (meaning[column.dataset.column] || []).find((act) => possible.includes(act));
  };

  board.addEventListener('dragstart', (event) => {
    dragged = event.target.closest('.board-card');
    if (dragged) {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', dragged.dataset.id);
      dragged.classList.add('dragged');
      board.querySelectorAll('.board-column').forEach((c) => c.classList.toggle('can', Boolean(actFor(dragged, c))));
    }
  });
  board.addEventListener('dragend', () => {
    board.querySelectorAll('.can').forEach((c) => c.classList.remove('can'));
    if (dragged) {
      dragged.classList.remove('dragged');
    }
    dragged = null;
  });
  board.addEventListener('dragover', (event) => {
    if (dragged && event.target.closest('.board-column')) {
      event.preventDefault();
    }
  });
  board.addEventListener('drop', (event) => {
    const column = event.target.closest('.board-column');
    if (!dragged || !column || column.contains(dragged)) {
      return;
    }
    event.preventDefault();
    const act = actFor(dragged, column);
    if (act) {
      window.location.assign(board.dataset.target + '?id=' + dragged.dataset.id + '&act=' + act);
    } else {
      const say = document.getElementById('board-say');
      say.textContent = say.dataset.no;
      say.classList.add('shown');
    }
  });
})();
