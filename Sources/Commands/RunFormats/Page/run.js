// The page of a run that is in it as JSON.

(() => {
  const run = JSON.parse(document.getElementById('run').textContent);
  const part = (id) => document.getElementById(id);
  const states = new States(run);
  const variables = variablesOf(run);
  const reads = new Set(run.finding?.reads ?? []);
  const count = run.steps.length;
  const open = new Set();
  const page = { step: 0, search: '', hits: [], all: false };

  const stepAt = (number) => decodeStep(run, run.steps[number]);

  // What does not change.

  part('heading').textContent = run.heading;
  const omitted = run.omitted === 0 ? '' : `without tracks of ${counted(run.omitted, 'more thing')}`;
  const facts = [run.model, counted(count, 'step'), omitted, ...run.patches.map((patch) => `with ${patch}`),
    ...run.without.map((rule) => `without rule "${rule}"`),
    run.constants.map((pair) => pair.join('=')).join(' '), run.layout.map((pair) => pair.join(' = ')).join(', ')];
  part('facts').textContent = facts.filter((fact) => fact !== '').join(' · ');
  part('steps').style.setProperty('--digits', Math.max(2, String(count).length));
  part('head').append(...stripHead(run));
  part('slider').max = count;
  if (run.finding) showFinding(part('finding'), run.finding);

  const list = new LongList(part('steps'), part('head'), part('rows'), count, (from, to) => {
    const state = states.at(from - 1);
    const hits = new Set(page.hits);
    const rows = [];
    for (let number = from; number < to; number++) {
      states.apply(run.steps[number], state);
      const row = stepRow(run, stepAt(number), number, state);
      row.setAttribute('aria-posinset', number + 1);
      row.setAttribute('aria-setsize', count);
      row.setAttribute('aria-selected', number === page.step);
      if (hits.has(number)) row.classList.add('hit');
      if (run.finding && number === count - 1) row.classList.add('wrong');
      rows.push(row);
    }
    return rows;
  });

  // What is shown of a step.

  function showStep() {
    const step = stepAt(page.step);
    const state = states.at(page.step);
    const title = `Step ${page.step + 1} of ${count}: ${titleOf(run, step)}`;
    part('step').textContent = title;
    part('where').replaceChildren(
      step.location ? element('code', {}, step.location) : '',
      ...wordList(run, step), ...step.output.map((line) => element('samp', {}, line)));
    const isEnd = run.finding && page.step === count - 1;
    part('finding').hidden = !isEnd;
    showChanges(part('changes'), run, step, states.at(page.step - 1), reads);
    showValues(step, state);
    part('unfold').setAttribute('aria-pressed', page.all);
    const slider = part('slider');
    slider.value = page.step + 1;
    slider.setAttribute('aria-valuetext', title);
    for (const id of ['first', 'back']) part(id).disabled = page.step === 0;
    for (const id of ['forth', 'last']) part(id).disabled = page.step === count - 1;
    part('status').textContent = `${title}. ${counted(step.changes.length, 'change')}.${isEnd ? ' ' + run.finding.message : ''}`;
    list.reveal(page.step);
    part('steps').setAttribute('aria-activedescendant', `step-${page.step + 1}`);
    showHits();
    keepAddress();
  }

  function showValues(step, state) {
    const changed = new Set(step.changes.map((change) => change.place));
    const hits = placesWith(run, state, page.search.trim().toLowerCase());
    showState(part('state'), run, state, { changed, reads, hits, open, all: page.all, variables });
  }

  function goTo(number) {
    page.step = Math.max(0, Math.min(count - 1, number));
    showStep();
  }

  function unfold(all) {
    page.all = all;
    if (!all) open.clear();
    showStep();
  }

  // Searching: the title, the place of the rule, what is said and put, and `place: old → new`.

  function textOfStep(number, state) {
    const step = stepAt(number);
    const changes = step.changes.map(({ place, value }) => {
      const name = nameOf(run, place);
      return `${name}: ${textOf(run, state[place])} → ${textOf(run, value)} ${name} = ${textOf(run, value)}`;
    });
    const words = step.messages.map((message) => message.word);
    return [titleOf(run, step), step.location ?? '', ...words, ...step.output, ...changes].join('\n').toLowerCase();
  }

  function search(text) {
    page.search = text;
    page.hits = [];
    const wanted = text.trim().toLowerCase();
    if (wanted !== '') {
      const state = states.at(-1);
      for (let number = 0; number < count; number++) {
        if (textOfStep(number, state).includes(wanted)) page.hits.push(number);
        states.apply(run.steps[number], state);
      }
    }
    list.show();
    showValues(stepAt(page.step), states.at(page.step));
    showHits();
    keepAddress();
  }

  /** The next hit behind the step that is shown, or before it; the search goes around the end. */
  function find(isOnwards) {
    const { hits, step } = page;
    if (hits.length === 0) return;
    const next = isOnwards ? hits.find((hit) => hit > step) ?? hits[0] : hits.findLast((hit) => hit < step) ?? hits.at(-1);
    goTo(next);
  }

  function showHits() {
    const { hits } = page;
    const at = hits.indexOf(page.step);
    part('hits').textContent = page.search.trim() === '' ? ''
      : hits.length === 0 ? 'no step' : at < 0 ? counted(hits.length, 'step') : `${at + 1} of ${hits.length}`;
    part('earlier').disabled = part('later').disabled = hits.length === 0;
  }

  // The address says what is shown, so that it can be kept and sent.

  let timer = 0;
  function keepAddress() {
    clearTimeout(timer);
    // Browsers refuse to be told too often.
    timer = setTimeout(() => {
      const wanted = new URLSearchParams({ step: page.step + 1 });
      if (page.search.trim() !== '') wanted.set('search', page.search);
      if (page.all) wanted.set('all', 'true');
      history.replaceState(null, '', '#' + wanted);
    }, 200);
  }

  function readAddress() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const step = Number.parseInt(wanted.get('step') ?? '', 10);
    page.step = Number.isFinite(step) ? Math.max(0, Math.min(count - 1, step - 1)) : 0;
    page.all = wanted.get('all') === 'true';
    part('search').value = wanted.get('search') ?? '';
    search(part('search').value);
    showStep();
  }

  // Hands.

  const keys = {
    ...steppingKeys(() => page.step, goTo),
    '/': () => { part('search').focus(); part('search').select(); },
    n: () => find(true), N: () => find(false), u: () => unfold(!page.all),
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const isWriting = event.target === part('search');
    if (isWriting && event.key === 'Escape') { part('steps').focus(); event.preventDefault(); return; }
    if (isWriting && event.key === 'Enter') {
      if (part('search').value !== page.search) search(part('search').value);
      find(!event.shiftKey);
      event.preventDefault();
      return;
    }
    if (isWriting || !Object.hasOwn(keys, event.key)) return;
    // What is longer than the window is scrolled by the keys that scroll.
    if (event.target === part('side') && isScrolling(event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  let pause = 0;
  part('search').addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => search(part('search').value), 150);
  });
  part('controls').addEventListener('submit', (event) => event.preventDefault());
  part('slider').addEventListener('input', () => goTo(Number(part('slider').value) - 1));
  part('rows').addEventListener('click', (event) => {
    const row = event.target.closest('[data-number]');
    if (row) goTo(Number(row.dataset.number));
  });
  part('first').addEventListener('click', keys.Home);
  part('back').addEventListener('click', keys.k);
  part('forth').addEventListener('click', keys.j);
  part('last').addEventListener('click', keys.End);
  part('earlier').addEventListener('click', keys.N);
  part('later').addEventListener('click', keys.n);
  part('unfold').addEventListener('click', keys.u);
  addEventListener('hashchange', readAddress);
  readAddress();
  part('steps').focus({ preventScroll: true });
})();
