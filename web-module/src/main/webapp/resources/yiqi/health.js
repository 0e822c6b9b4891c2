/* Draws the health chart and keeps it, and the values beside it, up to date through the socket /live. */
(() => {
  'use strict';
  const root = document.querySelector('[data-live-unit]');
  if (!root) { return; }
  const unit = root.dataset.liveUnit;
  const canvas = root.querySelector('canvas.live-chart');
  const meta = document.querySelector('meta[name=yiqi]');
  const zone = 'Asia/Shanghai';
  const spans = { '1h': 3600e3, '24h': 86400e3, '30d': 30 * 86400e3 };
  const chart = canvas && {
    points: JSON.parse(canvas.dataset.points), bands: JSON.parse(canvas.dataset.bands),
    span: spans[canvas.dataset.range], metric: canvas.dataset.metric, decimals: Number(canvas.dataset.decimals)
  };

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const label = (millis, span) => new Intl.DateTimeFormat(meta.dataset.lang, span > 2 * 86400e3
    ? { timeZone: zone, month: '2-digit', day: '2-digit' }
    : { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false }).format(millis);

  function scale() {
    let low = Infinity;
    let high = -Infinity;
    for (const p of chart.points) { low = Math.min(low, p[1]); high = Math.max(high, p[2]); }
    for (const b of chart.bands) { low = Math.min(low, b[1], b[2]); high = Math.max(high, b[1], b[2]); }
    if (!isFinite(low)) { return [0, 1]; }
    const room = (high - low || Math.abs(high) || 1) * 0.1;
    return [low - room, high + room];
  }

  function draw() {
    if (!chart) { return; }
    const ratio = window.devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const g = canvas.getContext('2d');
    g.scale(ratio, ratio);
    g.font = '12px ' + colour('--font');
    const end = Date.now();
    const begin = end - chart.span;
    const [low, high] = scale();
    const left = 56;
    const right = width - 8;
    const top = 8;
    const bottom = height - 26;
    const x = at => left + (at - begin) / chart.span * (right - left);
    const y = value => bottom - (value - low) / (high - low) * (bottom - top);
    g.clearRect(0, 0, width, height);
    g.strokeStyle = colour('--line-2');
    g.fillStyle = colour('--ink-3');
    g.textAlign = 'right';
    g.textBaseline = 'middle';
    for (let i = 0; i <= 4; i++) {
      const value = low + (high - low) * i / 4;
      g.beginPath(); g.moveTo(left, y(value)); g.lineTo(right, y(value)); g.stroke();
      g.fillText(value.toFixed(chart.decimals), left - 8, y(value));
    }
    g.textAlign = 'center';
    g.textBaseline = 'top';
    const ticks = width < 500 ? 3 : 6;
    for (let i = 0; i <= ticks; i++) {
      const at = begin + chart.span * i / ticks;
      g.fillText(label(at, chart.span), Math.min(right - 16, Math.max(left + 16, x(at))), bottom + 8);
    }
    for (const [kind, threshold, clear] of chart.bands) {
      const edge = kind === 'ABOVE' ? top : bottom;
      g.globalAlpha = 0.6;
      g.fillStyle = colour('--bad-soft');
      g.fillRect(left, Math.min(edge, y(threshold)), right - left, Math.abs(y(threshold) - edge));
      g.fillStyle = colour('--warn-soft');
      g.fillRect(left, Math.min(y(threshold), y(clear)), right - left, Math.abs(y(threshold) - y(clear)));
      g.globalAlpha = 1;
      g.strokeStyle = colour('--bad');
      g.setLineDash([5, 4]);
      g.beginPath(); g.moveTo(left, y(threshold)); g.lineTo(right, y(threshold)); g.stroke();
      g.setLineDash([]);
    }
    const shown = chart.points.filter(p => p[0] >= begin);
    if (!shown.length) { return; }
    g.fillStyle = colour('--brand-soft');
    g.beginPath();
    shown.forEach((p, i) => g[i ? 'lineTo' : 'moveTo'](x(p[0]), y(p[2])));
    for (let i = shown.length - 1; i >= 0; i--) { g.lineTo(x(shown[i][0]), y(shown[i][1])); }
    g.closePath(); g.fill();
    g.strokeStyle = colour('--brand');
    g.lineWidth = 2;
    g.beginPath();
    shown.forEach((p, i) => g[i ? 'lineTo' : 'moveTo'](x(p[0]), y(p[3])));
    g.stroke();
  }

  const broken = (limits, value) =>
    limits.some(([kind, threshold]) => kind === 'ABOVE' ? value >= threshold : value <= threshold);

  function take(reading) {
    const at = Date.parse(reading.at);
    const state = root.querySelector('[data-device-status]');
    if (state && state.dataset.deviceStatus !== 'ONLINE') { refresh(); }
    const value = root.querySelector('[data-live-value="' + CSS.escape(reading.metric) + '"]');
    if (value) {
      const limits = JSON.parse(value.dataset.limits);
      if (broken(limits, reading.value) !== broken(limits, Number(value.dataset.value))) { refresh(); }
      value.dataset.value = reading.value;
      value.textContent = reading.value.toFixed(Number(value.dataset.decimals));
    }
    if (chart && reading.metric === chart.metric && (!chart.points.length || at > chart.points[chart.points.length - 1][0])) {
      chart.points.push([at, reading.value, reading.value, reading.value]);
    }
  }

  let refreshAt = 0;
  function refresh() {
    if (window.yiqiRefreshHealth && Date.now() > refreshAt) {
      refreshAt = Date.now() + 2000;
      window.setTimeout(() => window.yiqiRefreshHealth(), 300);
    }
  }

  let pause = 1000;
  let heard = null;
  function connect() {
    const scheme = location.protocol === 'https:' ? 'wss://' : 'ws://';
    const socket = new WebSocket(scheme + location.host + (meta.dataset.context || '') + '/live');
    const back = heard !== null;
    socket.onopen = () => {
      pause = 1000;
      socket.send(JSON.stringify(back ? { units: [unit], since: heard.seq, run: heard.run } : { units: [unit] }));
    };
    socket.onmessage = event => {
      const message = JSON.parse(event.data);
      if (message.type === 'watching') {
        /* What was missed follows; when it is not known any more, the page is read anew. */
        if (back && !message.resumed) { location.reload(); return; }
        heard = { run: message.run, seq: message.resumed ? heard.seq : message.seq };
        root.dataset.live = 'on';
        return;
      }
      heard.seq = message.seq;
      if (message.type === 'readings') {
        message.readings.forEach(take);
        window.requestAnimationFrame(draw);
      } else if (message.type === 'alerts') {
        refresh();
      }
    };
    socket.onclose = () => {
      root.dataset.live = 'off';
      window.setTimeout(connect, pause);
      pause = Math.min(pause * 2, 30000);
    };
  }

  draw();
  window.addEventListener('resize', draw);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  connect();
})();
