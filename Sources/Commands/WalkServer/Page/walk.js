'use strict';

// The page by which a model is walked through. The server has the walk; the page shows one step of it,
// and asks what is enabled there. Elements are made by page.js, steps and states are shown by view.js.

const part = (id) => document.getElementById(id);
const page = {
  model: null,
  walk: { revision: 0, run: null, rules: [] },
  // The step that is shown, from 0; -1 is before the start state.
  step: -1,
  look: null,
  watched: [],
  open: new Set(),
  all: false,
  asked: 0,
};
let search = '';
// Of the walk: its states, and its list, which is made with the first.
let states = null;
let list = null;

// Asking.

/** What the server refuses, with what it says. */
class Refusal extends Error {
  constructor(answer) {
    super(answer.message);
    this.answer = answer;
  }
}

async function ask(path, question, signal) {
  const options = question === undefined ? {} : {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question),
  };
  let response;
  try {
    response = await fetch(path, { ...options, signal });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Refusal({ message: 'swapcheck explore does not answer: it has ended' });
  }
  const isJSON = response.headers.get('Content-Type')?.startsWith('application/json');
  if (!isJSON) throw new Refusal({ message: (await response.text()).trim() });
  const answer = await response.json();
  if (!response.ok) throw new Refusal(answer.error);
  return answer;
}

/** Does something of which the page tells what has come of it. */
async function attempt(body) {
  try {
    say('');
    await body();
  } catch (error) {
    if (error.name === 'AbortError') return say('stopped');
    if (!(error instanceof Refusal)) throw error;
    if (error.answer.walk) await show(error.answer.walk, Infinity);
    const hint = error.answer.hint ? `; ${error.answer.hint}` : '';
    say(error.message + hint, true);
  }
}

function say(text, isWrong = false) {
  part('message').textContent = visible(text);
  part('message').classList.toggle('wrong', isWrong);
}

const stepOrNull = () => (page.step < 0 ? null : page.step);
const steps = () => page.walk.run?.steps ?? [];
const stepAt = (number) => decodeStep(page.walk.run, steps()[number]);
const wanted = () => search.trim().toLowerCase();

/** Shows a step of a walk that has come. */
async function show(walk, step) {
  page.walk = walk;
  showSteps();
  await goTo(step);
}

async function goTo(step) {
  page.step = Math.max(steps().length > 0 ? 0 : -1, Math.min(steps().length - 1, step));
  showPosition();
  await look();
}

/** Asks what is to be seen at the step that is shown. An answer that comes late is not shown. */
async function look() {
  const asked = ++page.asked;
  const answer = await ask('look', { step: stepOrNull(), expressions: page.watched });
  if (asked !== page.asked) return;
  page.look = answer;
  showChoices();
  showProperties();
  showWatched();
  document.body.dataset.shown = `${page.walk.revision}:${page.step}`;
}

// The walk.

/** The rows of a walk. */
function stepRows(from, to) {
  const { run } = page.walk;
  if (!run) return [];
  const state = states.at(from - 1);
  const text = wanted();
  const rows = [];
  for (let number = from; number < to; number++) {
    states.apply(run.steps[number], state);
    const row = stepRow(run, stepAt(number), number, state);
    row.setAttribute('aria-posinset', number + 1);
    row.setAttribute('aria-setsize', steps().length);
    row.setAttribute('aria-selected', number === page.step);
    row.classList.toggle('hit', text !== '' && titleOf(run, stepAt(number)).toLowerCase().includes(text));
    rows.push(row);
  }
  return rows;
}

function showSteps() {
  const { run } = page.walk;
  states = run && new States(run);
  part('steps').style.setProperty('--digits', Math.max(2, String(steps().length).length));
  part('head').replaceChildren(...(run ? stripHead(run) : []));
  list ??= new LongList(part('steps'), part('head'), part('rows'), 0, stepRows);
  list.count = steps().length;
  part('slider').max = Math.max(0, steps().length - 1);
  part('slider').disabled = part('save').disabled = steps().length === 0;
}

/** What does not need the server: which step it is, its state, and its rule in the text. */
function showPosition() {
  const count = steps().length;
  part('slider').value = Math.max(0, page.step);
  part('position').textContent = `${page.step + 1} of ${count}`;
  part('first').disabled = part('back').disabled = page.step <= 0;
  part('forth').disabled = part('last').disabled = page.step >= count - 1;
  part('undo').disabled = part('restart').disabled = count === 0;
  list.reveal(page.step);
  if (page.step < 0) part('steps').removeAttribute('aria-activedescendant');
  else part('steps').setAttribute('aria-activedescendant', `step-${page.step + 1}`);
  showValues();
  showSource();
}

function showValues() {
  part('unfold').setAttribute('aria-pressed', page.all);
  if (page.step < 0) {
    part('changes').replaceChildren(element('p', { class: 'faint' }, 'Choose a start state.'));
    return part('values').replaceChildren();
  }
  const { run } = page.walk;
  const [step, state, reads] = [stepAt(page.step), states.at(page.step), new Set()];
  showChanges(part('changes'), run, step, states.at(page.step - 1), reads);
  if (step.output.length > 0) part('changes').append(element('pre', {}, step.output.join('\n')));
  showState(part('values'), run, state, {
    changed: new Set(step.changes.map(({ place }) => place)), reads, hits: placesWith(run, state, wanted()),
    open: page.open, all: page.all, variables: variablesOf(run),
  });
}

// The text of the model.

function makeSource() {
  part('source').replaceChildren(...page.model.source.split('\n').map((line, number) =>
    element('span', { 'data-line': number + 1 }, line)));
}

function showSource() {
  for (const line of part('source').querySelectorAll('.fired')) line.classList.remove('fired');
  if (page.step < 0) return;
  const rules = page.step === 0 ? page.model.starts : page.model.rules;
  const rule = rules[page.walk.rules[page.step]];
  for (let line = rule.line; line <= rule.lastLine; line++) part('source').children[line - 1]?.classList.add('fired');
  revealLine(rule.line);
}

function revealLine(line) {
  const row = part('source').children[line - 1];
  if (row) part('source').scrollTop = row.offsetTop - part('source').offsetTop - 40;
}

// What is enabled.

function showChoices() {
  const hadFocus = part('choices').contains(document.activeElement);
  const rules = page.step < 0 ? page.model.starts : page.model.rules;
  const groups = new Map();
  for (const choice of page.look.choices) {
    if (!groups.has(choice.rule)) groups.set(choice.rule, []);
    groups.get(choice.rule).push(choice);
  }
  part('rules-title').textContent = page.step < 0 ? 'Start states' : 'Enabled rules';
  part('choices').replaceChildren(...[...groups].map(([rule, choices]) =>
    element('div', { class: 'group', 'data-name': rules[rule].name }, ...choiceGroup(rules[rule], choices))));
  if (groups.size === 0) part('choices').append(element('p', { class: 'faint' }, 'No rule is enabled.'));
  if (!page.look.isComplete) part('choices').append(element('p', { class: 'wrong' }, 'There are more than are listed.'));
  if (hadFocus) (choiceButtons()[0] ?? part('choices')).focus();
  hideChoices();
}

function choiceGroup(rule, choices) {
  const isSingle = choices.length === 1;
  const children = isSingle ? [] : [element('h3', {}, rule.name)];
  for (const choice of choices) {
    const parameters = choice.parameters.map(({ name, value }) => `${name} = ${value}`).join(', ');
    const label = isSingle ? rule.name + (parameters && ` (${parameters})`) : parameters || rule.name;
    const canBeTaken = choice.consequence === 'leads' || choice.consequence === 'stays';
    const button = element('button', { type: 'button', class: choice.consequence, disabled: !canBeTaken,
      title: choice.reason ?? (choice.consequence === 'stays' ? 'Leads back to this state' : null),
      'data-rule': choice.rule, 'data-bindings': choice.bindings.join(' '), 'aria-label': `${rule.name} ${parameters}`.trim() }, label);
    button.addEventListener('click', () => attempt(() => take(choice)));
    children.push(button);
    if (!canBeTaken) children.push(element('span', { class: 'blocked' }, choice.reason));
  }
  return children;
}

/** What can be taken and is not hidden by the search. */
const choiceButtons = () => [...part('choices').querySelectorAll('button:not(:disabled)')].filter((button) => button.offsetParent !== null);

async function take({ rule, bindings }) {
  const step = page.step;
  await show(await ask('take', { revision: page.walk.revision, step: stepOrNull(), rule, bindings }), step + 1);
}

async function goBack(step) {
  await show(await ask('back', { revision: page.walk.revision, step: step < 0 ? null : step }), step);
}

// Conditions and what they consist of.

function partList(parts) {
  return parts.map((each) => {
    const [mark, kind] = each.truth === 'true' ? ['✓', 'right'] : each.truth === 'false' ? ['✗', 'wrong'] : ['–', 'faint'];
    const role = each.role === 'premise' ? 'if ' : each.role === 'conclusion' ? 'then ' : '';
    const details = [];
    if (each.false !== undefined && each.false !== each.text) details.push(element('code', {}, each.false));
    const values = (each.values ?? []).map(({ name, value }) => `${name} = ${value}`).join(', ');
    if (values !== '') details.push(element('span', { class: 'faint' }, ` ${values}`));
    if (each.reason) details.push(element('span', { class: 'faint' }, ` ${each.reason}`));
    return element('div', { class: 'part', 'data-truth': each.truth ?? 'none' },
      element('span', { class: kind, title: each.truth === 'true' ? 'holds' : each.truth === 'false' ? 'does not hold' : 'has no value' }, `${mark} `),
      role, element('code', {}, each.text), details.length > 0 ? element('div', {}, ...details) : null);
  });
}

function showProperties() {
  part('properties').replaceChildren(...page.look.properties.map((property) => {
    const parameters = property.parameters.map(({ name, value }) => `${name} = ${value}`).join(', ');
    const isWrong = property.value === 'false' && (property.kind === 'invariant' || property.kind === 'assumption');
    const kind = property.value === null ? 'faint' : isWrong ? 'wrong' : property.value === 'true' ? 'right' : '';
    const value = element('span', { class: `value ${kind}` }, property.value ?? property.reason);
    const title = [element('span', { class: 'faint' }, `${property.kind} `), `${property.name}${parameters && ` (${parameters})`}: `, value];
    if (property.parts.length === 0) return element('div', { 'data-property': property.name }, ...title);
    return element('details', { 'data-property': property.name, open: isWrong }, element('summary', {}, ...title), ...partList(property.parts));
  }));
  if (page.step < 0) part('properties').append(element('p', { class: 'faint' }, 'There is no state yet.'));
}

function showWatched() {
  part('watched').replaceChildren(...page.watched.map((text, number) => {
    const remove = element('button', { type: 'button', 'aria-label': `Forget ${text}` }, '✕');
    remove.addEventListener('click', () => attempt(async () => { page.watched.splice(number, 1); await look(); }));
    const known = page.look.values[number];
    const value = known === undefined ? element('span', { class: 'faint' }, 'there is no state yet')
      : known.error ? element('span', { class: 'wrong' }, known.error.message + (known.error.hint ? `; ${known.error.hint}` : ''))
        : known.reason ? element('span', { class: 'wrong' }, known.reason)
          : known.parts ? element('table', {}, element('tbody', {}, ...known.parts.map(({ name, value }) => element('tr', {},
            element('th', { scope: 'row' }, name), element('td', {}, value)))))
            : element('span', { class: 'value' }, known.value);
    return element('div', { class: 'watch', 'data-expression': text }, remove, element('code', {}, text), ' = ', value);
  }));
}

function showWhy(rule, answer) {
  part('why-answer').replaceChildren(element('h3', {}, page.model.rules[rule].name),
    ...answer.instances.slice(0, 20).map(({ parameters, parts }) => {
      const isEnabled = parts.every((each) => each.truth === 'true');
      const title = parameters.map(({ name, value }) => `${name} = ${value}`).join(', ');
      return element('details', { open: answer.instances.length <= 3 },
        element('summary', {}, title, title ? ': ' : '', isEnabled ? 'the guard holds' : 'the guard does not hold'), ...partList(parts));
    }));
  const more = answer.count - Math.min(20, answer.instances.length);
  if (more > 0) part('why-answer').append(element('p', { class: 'faint' }, `and ${more} more`));
}

// Ways.

let searching = null;

async function findWay(isFromHere) {
  const condition = part('way-condition').value;
  searching = new AbortController();
  part('way-stop').hidden = false;
  say('searching…');
  try {
    const step = page.step;
    const answer = await ask('way', { revision: page.walk.revision, step: isFromHere ? stepOrNull() : null, condition }, searching.signal);
    const isFound = answer.end === 'found' || answer.end === 'blocked';
    await show(answer.walk, isFound ? Infinity : step);
    say(answer.message, answer.end !== 'found');
  } finally {
    part('way-stop').hidden = true;
    searching = null;
  }
}

// Files.

const largestQuestion = 60 << 10;

/** Walks a kept run. Of a large one only what is needed for that is sent. */
async function load(file) {
  let document;
  try {
    document = JSON.parse(await file.text());
  } catch {
    throw new Refusal({ message: `${file.name} is no kept run: it is not JSON` });
  }
  const run = document.format === 'swapcheck-check' ? document.models?.flatMap((model) => model.counterexamples ?? [])[0] : document;
  if (!run || !Array.isArray(run.steps)) throw new Refusal({ message: `${file.name} is no kept run` });
  const kept = { ...run, format: 'swapcheck-trace', version: run.version ?? 1 };
  if (new TextEncoder().encode(JSON.stringify(kept)).length > largestQuestion) {
    kept.places = [];
    kept.finding = kept.picture = null;
    kept.steps = run.steps.map((step) => ({ ...step, changes: [], output: [] }));
  }
  const answer = await ask('load', kept);
  await show(answer.walk, Infinity);
  say([answer.message, answer.difference].filter(Boolean).join('; '), !answer.isComplete || answer.difference !== null);
  if (answer.parts.length > 0) part('why-answer').replaceChildren(element('h3', {}, answer.message), ...partList(answer.parts));
}

// The graph: states of one distance from the start stand in one column.

function drawGraph(graph) {
  const facts = `${graph.stateCount} states${graph.isComplete ? '' : ' so far, and there are more'}`;
  const isTooMany = !graph.isComplete && graph.nodes.every((node) => node.label === null);
  part('graph-facts').textContent = isTooMany
    ? `more than ${page.model.maximumNodeCount} states: give an expression by which they are grouped, such as ${page.model.variables[0]}` : facts;
  if (isTooMany) return part('drawing').replaceChildren();
  const columns = [];
  graph.nodes.forEach((node, number) => (columns[node.depth] ??= []).push(number));
  const placed = new Map();
  const before = graph.nodes.map(() => []);
  for (const { from, to } of graph.edges) before[to].push(from);
  const isSmall = graph.nodes.every((node) => node.label === null);
  const [width, height, gap] = isSmall ? [34, 20, 44] : [170, 30, 70];
  columns.filter(Boolean).forEach((column, x) => {
    const middle = (number) => {
      const known = before[number].filter((each) => placed.has(each)).map((each) => placed.get(each).y);
      return known.length === 0 ? 0 : known.reduce((sum, y) => sum + y, 0) / known.length;
    };
    column.map((number) => [middle(number), number]).sort((left, right) => left[0] - right[0] || left[1] - right[1])
      .forEach(([, number], y) => placed.set(number, { x: 6 + x * (width + gap), y: 6 + y * (height + 10) }));
  });
  const all = [...placed.values()];
  const [right, bottom] = [Math.max(0, ...all.map(({ x }) => x)) + width + 40, Math.max(0, ...all.map(({ y }) => y)) + height + 20];
  const picture = shape('svg', { width: right, height: bottom, viewBox: `0 0 ${right} ${bottom}`, role: 'img', 'aria-label': `Graph of ${facts}` },
    shape('defs', {}, shape('marker', { id: 'tip', viewBox: '0 0 8 8', refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' }, shape('path', { d: 'M0 0L8 4L0 8z' }))));
  for (const { from, to, rule, count } of graph.edges) {
    const [start, end] = [placed.get(from), placed.get(to)];
    const [x, y, u, v] = [start.x + width, start.y + height / 2, end.x, end.y + height / 2];
    const bend = u > x ? (u - x) / 2 : 30;
    picture.append(shape('path', { d: `M${x} ${y}C${x + bend} ${y} ${u - bend} ${v} ${u} ${v}`, 'marker-end': 'url(#tip)' },
      shape('title', {}, page.model.rules[rule].name + (count > 1 ? ` ×${count}` : ''))));
  }
  graph.nodes.forEach((node, number) => {
    const { x, y } = placed.get(number);
    const label = node.label === null ? String(number + 1) : `${node.label} (${node.stateCount})`;
    picture.append(shape('g', { class: node.isCurrent ? 'node current' : 'node' },
      shape('rect', { x, y, width, height, rx: 4 }),
      shape('text', { x: x + width / 2, y: y + height / 2 + 4, 'text-anchor': 'middle' }, label.length > 28 ? `${label.slice(0, 27)}…` : label),
      shape('title', {}, label)));
  });
  part('drawing').replaceChildren(picture);
}

// Searching: rules that do not match are hidden, values and steps that do are marked.

function hideChoices() {
  for (const group of part('choices').querySelectorAll('.group')) {
    group.classList.toggle('hidden', !group.textContent.toLowerCase().includes(wanted()));
  }
}

function find() {
  hideChoices();
  list?.show();
  showValues();
}

// Hands.

const actions = {
  first: () => goTo(0),
  back: () => goTo(page.step - 1),
  forth: () => goTo(page.step + 1),
  last: () => goTo(Infinity),
  undo: () => goBack(page.step - 1),
  restart: () => goBack(-1),
  random: async () => {
    const open = (page.look?.choices ?? []).filter(({ consequence }) => consequence === 'leads' || consequence === 'stays');
    if (open.length === 0) throw new Refusal({ message: 'no rule is enabled' });
    await take(open[Math.floor(Math.random() * open.length)]);
  },
  save: () => {
    if (steps().length === 0) return;
    const link = element('a', { href: 'walk.json', download: 'walk.json' });
    document.body.append(link);
    link.click();
    link.remove();
  },
  load: () => part('file').click(),
  unfold: () => {
    page.all = !page.all;
    if (!page.all) page.open.clear();
    showValues();
  },
  help: () => part('keys').showModal(),
};

const stepping = steppingKeys(() => page.step, goTo);

const keys = [
  ['← ↑ k', null, 'one step back; ↑ and Page Up in the list of steps', null],
  ['→ ↓ j', null, 'one step on; ↓ and Page Down in the list of steps', null],
  ['Page Up, Page Down', null, 'ten steps back, on', null],
  ['Home, End', null, 'to the first step, to the last', null],
  ['1 … 9', null, 'take the rule of this place in the list', null],
  ['Backspace', 'Backspace', 'take the step that is shown back, and all behind it', actions.undo],
  ['0', '0', 'start anew', actions.restart], ['r', 'r', 'take a rule at random', actions.random],
  ['u', 'u', 'unfold all values', actions.unfold],
  ['/', '/', 'search rules, steps and values', () => part('search').focus()],
  ['e', 'e', 'watch an expression', () => part('expression-text').focus()],
  ['w', 'w', 'why a rule is not enabled', () => part('why-rule').focus()],
  ['g', 'g', 'a shortest way to where something holds', () => part('way-condition').focus()],
  ['s', 's', 'save the walk', actions.save], ['o', 'o', 'load a walk', actions.load],
  ['?', '?', 'these keys', actions.help],
  ['Escape', null, 'leave a field', null],
];

function listen() {
  for (const [id, action] of Object.entries(actions)) part(id).addEventListener('click', () => attempt(action));
  part('slider').addEventListener('input', () => attempt(() => goTo(Number(part('slider').value))));
  part('steps').addEventListener('click', (event) => {
    const row = event.target.closest('[data-number]');
    if (row) attempt(() => goTo(Number(row.dataset.number)));
  });
  part('search').addEventListener('input', () => { search = part('search').value; find(); });
  part('file').addEventListener('change', () => {
    const [file] = part('file').files;
    part('file').value = '';
    if (file) attempt(() => load(file));
  });
  const onSubmit = (id, body) => part(id).addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(() => body(event.submitter));
  });
  onSubmit('expression', async () => {
    const text = part('expression-text').value.trim();
    if (text === '' || page.watched.includes(text)) return;
    page.watched.push(text);
    part('expression-text').value = '';
    await look();
  });
  onSubmit('why', async () => {
    const rule = Number(part('why-rule').value);
    if (page.step < 0) throw new Refusal({ message: 'there is no state yet' });
    showWhy(rule, await ask('why', { step: page.step, rule }));
  });
  onSubmit('way', (submitter) => findWay(submitter !== part('way-start')));
  part('way-stop').addEventListener('click', () => searching?.abort());
  onSubmit('graph-form', async () => {
    const by = part('graph-by').value.trim();
    part('graph-facts').textContent = 'drawing…';
    part('drawing').replaceChildren();
    try {
      drawGraph(await ask('graph', { step: stepOrNull(), by: by === '' ? null : by }));
    } catch (error) {
      part('graph-facts').textContent = '';
      throw error;
    }
  });
  document.addEventListener('keydown', onKey);
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || part('keys').open) return;
  const isField = event.target.matches('input, select');
  if (isField && event.key === 'Escape') { part('choices').focus(); return; }
  if (isField && event.target !== part('slider')) return;
  if (/^[1-9]$/.test(event.key)) {
    choiceButtons()[Number(event.key) - 1]?.click();
    return;
  }
  const isInSteps = event.target === part('steps') || event.target === part('slider');
  const known = Object.hasOwn(stepping, event.key) ? stepping[event.key] : keys.find(([, key]) => key === event.key)?.[3];
  // What is longer than the window is scrolled by the keys that scroll.
  if (!known || isScrolling(event.key) && !isInSteps) return;
  event.preventDefault();
  attempt(known);
}

async function begin() {
  part('key-list').replaceChildren(...keys.map(([name, , what]) => element('tr', {},
    element('th', { scope: 'row' }, element('kbd', {}, name)), element('td', {}, what))));
  listen();
  await attempt(async () => {
    page.model = await ask('model');
    document.title = visible(`${page.model.path} · swapcheck explore`);
    part('heading').textContent = visible([page.model.path, ...page.model.patches].join(' with '));
    part('facts').textContent = visible(page.model.constants.map(({ name, value }) => `${name} = ${value}`).join(', '));
    part('why-rule').replaceChildren(...page.model.rules.map((rule, number) => element('option', { value: number }, rule.name)));
    makeSource();
    await show(await ask('walk'), Infinity);
  });
}

begin();
