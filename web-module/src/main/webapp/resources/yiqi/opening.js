/* Reads the opening anew as soon as an opener has released, told by the socket /live. */
(() => {
  'use strict';
  const root = document.querySelector('[data-live-tender]');
  const meta = document.querySelector('meta[name=yiqi]');
  if (!root || !meta) { return; }
  let pause = 1000;
  const connect = () => {
    const scheme = location.protocol === 'https:' ? 'wss://' : 'ws://';
    const socket = new WebSocket(scheme + location.host + (meta.dataset.context || '') + '/live');
    socket.onopen = () => {
      pause = 1000;
      socket.send(JSON.stringify({ units: [], tenders: [root.dataset.liveTender] }));
    };
    socket.onmessage = event => {
      if (JSON.parse(event.data).type === 'alerts') { location.reload(); }
    };
    socket.onclose = () => {
      window.setTimeout(connect, pause);
      pause = Math.min(pause * 2, 30000);
    };
  };
  connect();
})();
