'use strict';

// Shows steps and states of a run, with the elements of page.js. Nothing here knows of the page around it:
// each function gets what it shows, and gives elements or puts them into one.
//
// A run has `texts`, `places` (each the name, the variable, and the parts of the name behind it), `lanes`, `colors`,
// `tracks`, and what `decodeStep` makes of its steps. A state is a list of numbers of texts, by place;
// -1 is what has no value.

const undefinedText = 'undefined';

/** A value's text. */
function textOf(run, number) {
  return number < 0 ? undefinedText : run.texts[number];
}

/** `1 step`, `2 steps`. */
function counted(count, word) {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

/** A place's name. */
function nameOf(run, place) {
  return run.places[place][0];
}

/** A step as it stands in the page's data, with names for its parts. */
function decodeStep(run, [lane, title, parameters, location, fails, changes, messages, output]) {
  const step = {
    lane, title: run.texts[title] + run.texts[parameters],
    location: location < 0 ? null : run.texts[location],
    fails: fails === 1, changes: [], messages: [], output: output.map((text) => run.texts[text]),
  };
  for (let at = 0; at < changes.length; at += 2) {
    step.changes.push({ place: changes[at], value: changes[at + 1] });
  }
  for (let at = 0; at < messages.length; at += 3) {
    step.messages.push({ from: messages[at], to: messages[at + 1], word: run.texts[messages[at + 2]] });
  }
  return step;
}

/** Who takes a step, and what it is. */
function titleOf(run, step) {
  return step.lane < 0 ? step.title : `${run.lanes[step.lane]}: ${step.title}`;
}

/** States of a run by number of the step: some are kept, and the others made from the last one before. */
class States {
  constructor(run, spacing = 256) {
    this.run = run;
    this.spacing = spacing;
    this.kept = [];
    const state = new Int32Array(run.places.length).fill(-1);
    run.steps.forEach((step, number) => {
      this.apply(step, state);
      if (number % spacing === 0) this.kept.push(state.slice());
    });
  }

  /** Makes the state behind a step of that before it. */
  apply(step, state) {
    const changes = step[5];
    for (let at = 0; at < changes.length; at += 2) state[changes[at]] = changes[at + 1];
  }

  /** The state behind a step; before the first one nothing has a value. */
  at(number) {
    if (number < 0) return new Int32Array(this.run.places.length).fill(-1);
    const from = Math.floor(number / this.spacing);
    const state = this.kept[from].slice();
    for (let next = from * this.spacing + 1; next <= number; next++) this.apply(this.run.steps[next], state);
    return state;
  }
}

// Lanes and tracks.

/** Colours something that a style sheet colours by `--color`. */
function coloured(made, run, lane) {
  if (lane >= 0) made.style.setProperty('--color', run.colors[lane]);
  return made;
}

const laneWidth = 22;

/** A line for each lane with a dot for who takes the step, and arrows for what it says. */
function laneStrip(run, step) {
  const width = run.lanes.length * laneWidth;
  const x = (lane) => lane * laneWidth + laneWidth / 2;
  const picture = shape('svg', { class: 'lanes', width, height: 28, viewBox: `0 0 ${width} 28`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  run.lanes.forEach((_, lane) => picture.append(shape('path', { class: 'line', d: `M${x(lane)} 0V28` })));
  for (const message of step.messages) {
    if (message.from < 0 || message.to < 0) continue;
    const back = message.to > message.from ? -6 : 6;
    const end = x(message.to);
    picture.append(
      shape('path', { class: 'arrow', d: `M${x(message.from)} 14H${end + back}` }),
      shape('path', { class: 'tip', d: `M${end} 14l${back} -4v8z` }));
  }
  if (step.lane >= 0) {
    picture.append(coloured(shape('circle', { class: 'dot', cx: x(step.lane), cy: 14, r: 6 }), run, step.lane));
  } else {
    picture.append(shape('path', { class: 'all', d: `M4 14H${Math.max(4, width - 4)}` }));
  }
  return picture;
}

/** A stripe for each thing, coloured by whose it is in a state. */
function trackStrip(run, state) {
  const strip = element('span', { class: 'tracks', 'aria-hidden': 'true' });
  for (const track of run.tracks) {
    const cell = element('span', { class: 'track', title: track.stripes.map(({ place }) => `${nameOf(run, place)} = ${textOf(run, state[place])}`).join('\n') });
    for (const stripe of track.stripes) {
      const lane = stripe.lanes[state[stripe.place]];
      const kind = lane === undefined ? 'nobody' : 'somebody';
      cell.append(coloured(element('span', { class: `stripe ${stripe.kind} ${kind}` }), run, lane ?? -1));
    }
    strip.append(cell);
  }
  return strip;
}

/** The words that a step says, each with who gets it. */
function wordList(run, step) {
  return step.messages.map(({ to, word }) =>
    element('span', { class: 'word' }, to < 0 ? `⟶ ${word}` : `⟶ ${run.lanes[to]}: ${word}`));
}

/** One step of a list. */
function stepRow(run, step, number, state) {
  const name = step.lane < 0 ? null : coloured(element('b', { class: 'actor' }, run.lanes[step.lane]), run, step.lane);
  return element('div', { class: step.fails ? 'row fails' : 'row', role: 'option', id: `step-${number + 1}`, 'data-number': number },
    element('span', { class: 'number' }, String(number + 1)), laneStrip(run, step),
    element('span', { class: 'title', title: titleOf(run, step) }, name, name && ' ', step.title, ...wordList(run, step)),
    trackStrip(run, state));
}

/** The names over the lanes and tracks of a list. */
function stripHead(run) {
  const lanes = run.lanes.map((lane, number) => coloured(element('span', { class: 'lane', title: lane }, element('span', {}, lane)), run, number));
  // A process has a track for each variable that says something of it.
  const isAmbiguous = (track) => run.tracks.some((other) => other !== track && other.name === track.name);
  const tracks = run.tracks.map((track) => {
    const name = isAmbiguous(track) ? `${track.variable} ${track.name}` : track.name;
    const head = element('span', { class: 'track', title: `${track.variable}: ${track.name}` }, element('span', {}, name));
    head.append(...track.stripes.map((stripe) => element('i', { class: `stripe ${stripe.kind}` })));
    return head;
  });
  return [element('span', { class: 'number' }), element('span', { class: 'lanes' }, ...lanes),
    element('span', { class: 'title' }), element('span', { class: 'tracks' }, ...tracks)];
}

// States.

/** What a step changes: the place, what it had, what it has. */
function showChanges(into, run, step, before, reads) {
  if (step.changes.length === 0) {
    into.replaceChildren(element('p', { class: 'faint' }, step.fails ? 'The step fails, and changes nothing.' : 'Nothing changes.'));
    return;
  }
  const rows = step.changes.map(({ place, value }) => element('tr', { class: reads.has(place) ? 'read' : null, 'data-change': nameOf(run, place) },
    element('th', { scope: 'row' }, reads.has(place) ? element('span', { class: 'mark', title: 'What is violated reads it' }, '★ ') : null, nameOf(run, place)),
    element('td', { class: 'old' }, textOf(run, before[place])), element('td', { class: 'arrow', 'aria-label': 'becomes' }, '→'),
    element('td', { class: 'new' }, textOf(run, value))));
  into.replaceChildren(element('table', { class: 'changes' }, element('tbody', {}, ...rows)));
}

/** The places of each variable, in their order. */
function variablesOf(run) {
  const variables = new Map();
  run.places.forEach(([, variable], place) => {
    if (!variables.has(variable)) variables.set(variable, []);
    variables.get(variable).push(place);
  });
  return variables;
}

/**
 * A state by variables: what changed stands first; a variable of several parts is folded.
 *
 * `options`: `changed`, `reads`, and `hits`, sets of places; `open`, a set of the names of variables that are
 * unfolded, which the view keeps; `all`, whether every variable is; `variables`, what `variablesOf` gives.
 * A variable with a hit is unfolded as long as it has one.
 */
function showState(into, run, state, options) {
  const { changed, reads, hits, open, all, variables } = options;
  const isChanged = ([, places]) => places.some((place) => changed.has(place));
  const entries = [...variables];
  const ordered = [...entries.filter(isChanged), ...entries.filter((entry) => !isChanged(entry))];
  into.replaceChildren(...ordered.map(([variable, places]) => {
    const marks = [
      places.some((place) => reads.has(place)) ? element('span', { class: 'mark', title: 'What is violated reads it' }, '★ ') : null,
      places.some((place) => changed.has(place)) ? element('span', { class: 'new', title: 'Changed by this step' }, '● ') : null];
    const kind = [marks[0] && 'read', marks[1] && 'changed'].filter(Boolean).join(' ');
    if (places.length === 1) {
      return element('div', { class: `variable single ${kind}` }, ...marks, element('span', { class: 'name' }, nameOf(run, places[0])),
        ' = ', valueCell('span', run, state, places[0], options));
    }
    const details = element('details', { class: `variable ${kind}`, open: all || open.has(variable) || places.some((place) => hits.has(place)) },
      element('summary', {}, ...marks, element('span', { class: 'name' }, variable), ' ', element('span', { class: 'faint' }, summaryOf(run, state, places))));
    const fill = () => details.append(valueTable(run, state, places, options));
    if (details.open) fill();
    details.addEventListener('toggle', () => {
      if (details.open) open.add(variable); else if (!all) open.delete(variable);
      if (details.open && details.childElementCount === 1) fill();
    });
    return details;
  }));
}

/** How often each value is there. */
function summaryOf(run, state, places) {
  const counts = new Map();
  for (const place of places) counts.set(state[place], (counts.get(state[place]) ?? 0) + 1);
  const parts = [...counts].sort((left, right) => right[1] - left[1]).slice(0, 4)
    .map(([value, count]) => count === 1 ? textOf(run, value) : `${textOf(run, value)} ×${count}`);
  return parts.join(', ') + (counts.size > 4 ? ', …' : '');
}

/** The places whose name and value have a text in them, which is in small letters; none for an empty one. */
function placesWith(run, state, text) {
  const has = (place) => `${nameOf(run, place)} = ${textOf(run, state[place])}`.toLowerCase().includes(text);
  return new Set(text === '' ? [] : run.places.map((_, place) => place).filter(has));
}

function valueCell(name, run, state, place, { changed, reads, hits }) {
  const kind = [changed.has(place) ? 'changed' : '', reads.has(place) ? 'read' : '', hits.has(place) ? 'hit' : '', state[place] < 0 ? 'faint' : ''].filter(Boolean).join(' ');
  return element(name, { class: `value ${kind}`, 'data-place': nameOf(run, place), title: nameOf(run, place) }, textOf(run, state[place]));
}

/** The parts of a variable: the last part of their names across, if there are few of them. */
function valueTable(run, state, places, options) {
  const rows = new Map();
  const columns = new Set();
  for (const place of places) {
    const parts = run.places[place].slice(2);
    const [row, column] = parts.length < 2 ? [parts.join(''), ''] : [parts.slice(0, -1).join(''), parts.at(-1)];
    if (!rows.has(row)) rows.set(row, new Map());
    rows.get(row).set(column, place);
    columns.add(column);
  }
  if (columns.size > 6) {
    return element('table', { class: 'values' }, element('tbody', {}, ...places.map((place) => element('tr', {},
      element('th', { scope: 'row' }, run.places[place].slice(2).join('')), valueCell('td', run, state, place, options)))));
  }
  const head = columns.size === 1 && columns.has('') ? null : element('thead', {}, element('tr', {}, element('td', {}),
    ...[...columns].map((column) => element('th', { scope: 'col' }, column))));
  return element('table', { class: 'values' }, head, element('tbody', {}, ...[...rows].map(([row, cells]) => element('tr', {},
    element('th', { scope: 'row' }, row),
    ...[...columns].map((column) => cells.has(column) ? valueCell('td', run, state, cells.get(column), options) : element('td', {}))))));
}

/** What goes wrong at the end of a run: the part of the property, and what it reads there. */
function showFinding(into, finding) {
  into.replaceChildren(
    element('h3', {}, '✗ ' + finding.message),
    finding.location && element('p', {}, 'at ', element('code', {}, finding.location)),
    finding.part.length > 0 ? element('pre', {}, finding.part.join('\n')) : '',
    element('table', {}, element('tbody', {}, ...finding.values.map(([name, value]) => element('tr', {},
      element('th', { scope: 'row' }, name), element('td', {}, value))))),
    ...finding.notes.map(([message, location]) => element('p', {}, message, ' at ', element('code', {}, location))));
}

// Keys.

/** What keys do along the steps, on every page: `go` shows a step by its number, `at` says which is shown. */
function steppingKeys(at, go) {
  const [back, forth] = [() => go(at() - 1), () => go(at() + 1)];
  return {
    ArrowLeft: back, ArrowUp: back, k: back, ArrowRight: forth, ArrowDown: forth, j: forth,
    PageUp: () => go(at() - 10), PageDown: () => go(at() + 10), Home: () => go(0), End: () => go(Infinity),
  };
}

/** Whether a key is one that scrolls what is longer than the window. */
const isScrolling = (key) => /^(Arrow(Up|Down)|Page)/.test(key);

// Long lists.

/**
 * A list of which only what is seen is there: `makeRows(from, to)` gives the rows.
 *
 * `scroller` has a head and, below it, `body`. `count`, of rows, may change; `show` and `reveal` follow it.
 */
class LongList {
  // Browsers have no element of more than some 17 million pixels.
  static limit = 8e6;

  constructor(scroller, head, body, count, makeRows) {
    Object.assign(this, { scroller, head, body, count, makeRows, pending: false });
    scroller.addEventListener('scroll', () => this.ask());
    new ResizeObserver(() => this.ask()).observe(scroller);
  }

  ask() {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => { this.pending = false; this.show(); });
  }

  measure() {
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.row = Math.round(size * 1.75);
    this.height = Math.min(LongList.limit, this.count * this.row);
    this.body.style.height = `${this.height}px`;
    this.body.style.minWidth = `${this.head.getBoundingClientRect().width}px`;
    this.room = Math.max(this.row, this.scroller.clientHeight - this.head.offsetHeight);
  }

  /** The first row that is seen, with its fraction. */
  get first() {
    const way = this.height - this.room;
    return way <= 0 ? 0 : Math.min(1, this.scroller.scrollTop / way) * Math.max(0, this.count - this.room / this.row);
  }

  scrollTo(first) {
    const rows = this.count - this.room / this.row;
    this.scroller.scrollTop = rows <= 0 ? 0 : Math.max(0, Math.min(1, first / rows)) * (this.height - this.room);
  }

  /** Brings a row into sight, if it is not. */
  reveal(number) {
    this.measure();
    const seen = this.room / this.row;
    if (number < this.first + 1) this.scrollTo(number - 1);
    else if (number > this.first + seen - 2) this.scrollTo(number - seen + 2);
    this.show();
  }

  show() {
    this.measure();
    const first = this.first;
    const from = Math.max(0, Math.floor(first) - 4);
    const to = Math.min(this.count, Math.ceil(first + this.room / this.row) + 4);
    const rows = this.makeRows(from, to);
    rows.forEach((row, at) => {
      row.style.transform = `translateY(${this.scroller.scrollTop + (from + at - first) * this.row}px)`;
      row.style.height = `${this.row}px`;
    });
    this.body.replaceChildren(...rows);
  }
}
