'use strict';
// The console uses the public API only. Everything a document says goes in as text, never as markup.
const $ = id => document.getElementById(id);
const history95 = [];
let asked = 0;
let key = sessionStorage.getItem('akidb-key') || '';

async function call(path, body) {
  const headers = key ? { Authorization: 'Bearer ' + key } : {};
  if (body) headers['Content-Type'] = 'application/json';
  const response = await fetch(path, { method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body) });
  const answer = await response.json();
  $('access').hidden = response.status !== 401 && response.status !== 403;
  if (!response.ok) throw new Error(answer.detail || answer.title);
  return answer;
}

const ms = value => value == null ? '–' : value.toFixed(value < 10 ? 1 : 0) + ' ms';
const count = value => value.toLocaleString('en');
const bytes = value => value < 1e6 ? (value / 1e3).toFixed(0) + ' kB' : value < 1e9 ? (value / 1e6).toFixed(1) + ' MB' : (value / 1e9).toFixed(2) + ' GB';

function element(tag, text, ...children) {
  const made = document.createElement(tag);
  if (text != null) made.textContent = text;
  made.append(...children);
  return made;
}

async function refreshStatus() {
  try {
    const status = await call('/api/v1/status');
    const age = status.staleness_seconds == null ? '' : ` · at most ${status.staleness_seconds.toFixed(1)} s old`;
    $('status').textContent = `${status.role} · ${status.ready ? 'ready' : 'not ready: ' + status.not_ready_because} · ${count(status.documents)} documents${age}`;
    $('status').classList.toggle('bad', !status.ready);
    $('p50').textContent = ms(status.query_p50_ms);
    $('p95').textContent = ms(status.query_p95_ms);
    $('flight').textContent = status.in_flight;
    $('sequence').textContent = 'change ' + count(status.sequence);
    history95.push(status.query_p95_ms || 0);
    if (history95.length > 150) history95.shift();
    draw();
  } catch (error) {
    $('status').textContent = error.message;
    $('status').classList.add('bad');
  }
}

function draw() {
  const most = Math.max(30, ...history95) * 1.1;
  const y = value => 120 - value / most * 120;
  const points = history95.map((value, i) => `${i * 600 / 149},${y(value)}`).join(' ');
  const svg = 'http://www.w3.org/2000/svg';
  const line = document.createElementNS(svg, 'line');
  for (const [name, value] of Object.entries({ x1: 0, x2: 600, y1: y(30), y2: y(30) })) line.setAttribute(name, value);
  const curve = document.createElementNS(svg, 'polyline');
  curve.setAttribute('points', points);
  $('chart').replaceChildren(line, curve);
}

async function refreshCollections() {
  try {
    const { collections } = await call('/api/v1/collections');
    $('collections').replaceChildren(...collections.map(one => element('tr', null,
      element('td', one.name), element('td', count(one.documents)), element('td', one.dimension), element('td', one.metric),
      element('td', one.structure + (one.quantization === 'none' ? '' : ', ' + one.quantization)), element('td', bytes(one.index_bytes)),
      element('td', one.model ? one.model.name + (one.model.is_loaded ? '' : ' (not loaded)') : 'own vectors'))));
    $('empty').hidden = collections.length > 0;
    const chosen = $('collection').value;
    const names = collections.map(one => one.name);
    if (names.join() !== [...$('collection').options].map(one => one.value).join()) {
      $('collection').replaceChildren(...names.map(name => new Option(name)));
      if (names.includes(chosen)) $('collection').value = chosen;
    }
  } catch { /* The status line says it. */ }
}

async function search(event) {
  event.preventDefault();
  const outcome = $('outcome');
  // An answer that a later question has overtaken is dropped.
  const number = ++asked;
  outcome.classList.remove('bad');
  try {
    const request = { text: $('text').value, k: Number($('k').value) || 10, include: ['metadata', 'text'] };
    if ($('ef').value) request.ef = Number($('ef').value);
    if ($('filter').value.trim()) request.filter = JSON.parse($('filter').value);
    const started = performance.now();
    const answer = await call(`/api/v1/collections/${encodeURIComponent($('collection').value)}/query`, request);
    const took = performance.now() - started;
    if (number !== asked) return;
    $('last').textContent = ms(took);
    outcome.textContent = `${answer.matches.length} matches in ${ms(took)} · trace ${answer.trace_id}`;
    $('matches').replaceChildren(...answer.matches.map(match => element('li', null,
      element('strong', match.id), document.createTextNode(match.text ? ' ' + match.text : ''),
      element('small', `distance ${match.distance.toFixed(4)} · ${JSON.stringify(match.metadata)}`))));
  } catch (error) {
    if (number !== asked) return;
    outcome.textContent = error.message;
    outcome.classList.add('bad');
    $('matches').replaceChildren();
  }
}

$('search').addEventListener('submit', search);
$('key-form').addEventListener('submit', event => {
  event.preventDefault();
  key = $('key').value.trim();
  sessionStorage.setItem('akidb-key', key);
  refreshStatus();
  refreshCollections();
});
refreshStatus();
refreshCollections();
setInterval(refreshStatus, 2000);
setInterval(refreshCollections, 5000);
