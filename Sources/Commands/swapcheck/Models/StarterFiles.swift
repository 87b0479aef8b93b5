/// What a folder of models begins with: a model, its scenarios, and jobs that check what a change
/// touches.
enum StarterFiles {
  /// Paths below the folder, with their texts.
  static let all: [(path: String, text: String)] = [
    ("handshake.m", model), ("swapcheck.yml", scenarios),
    (".github/workflows/models.yml", gitHubJob), (".gitlab-ci.yml", gitLabJob),
  ]

  /// Its counts are Rumur's, too.
  private static let model = """
    -- Two kernels and one machine: the old kernel serves, until the new one relieves it.
    --
    -- A model is variables, start states, rules and properties. A rule is a guard and a step: whenever
    -- its guard holds it may fire, and nothing else happens in the middle of it. `swapcheck check` tries
    -- every order in which rules can fire, and says `verified`, or shows a shortest run that breaks a
    -- property. docs/language.md of swapcheck has all of the language, docs/modelling.md how to go on.
    --
    -- Expect: holds

    -- Constants are the sizes of a model: `swapcheck check handshake.m --set LOSSES=0`.
    const
      LOSSES: 1;   -- words that may be lost in one hand-over

    type
      kernel_t: enum { OLD, NEW };
      phase_t:  enum { SERVING, OFFERED, EXITED };
      word_t:   enum { NOTHING, OFFER, TAKEN };

    var
      -- What the old kernel believes.
      phase: phase_t;

      -- What is so.
      serves: array [kernel_t] of boolean;
      word:   array [kernel_t] of word_t;   -- what a kernel was told and has not heard yet
      losses: 0 .. LOSSES;

    startstate "the old kernel serves"
    begin
      phase := SERVING;
      serves[OLD] := true;
      serves[NEW] := false;
      word[OLD] := NOTHING;
      word[NEW] := NOTHING;
      losses := 0;
    end;

    -- A rule is named after who takes the step.
    rule "old: stop serving and offer the machine"
      phase = SERVING
    ==>
    begin
      phase := OFFERED;
      serves[OLD] := false;
      word[NEW] := OFFER;
    end;

    -- There is no time: a time-out is a rule that may fire while one waits.
    rule "old: say it again"
      phase = OFFERED & word[NEW] = NOTHING
    ==>
    begin
      word[NEW] := OFFER;
    end;

    rule "new: take the machine"
      word[NEW] = OFFER
    ==>
    begin
      word[NEW] := NOTHING;
      serves[NEW] := true;
      word[OLD] := TAKEN;
    end;

    rule "old: exit"
      phase = OFFERED & word[OLD] = TAKEN
    ==>
    begin
      phase := EXITED;
    end;

    -- Faults are rules too, and are paid for from a budget.
    ruleset k: kernel_t do
      rule "machine: a word is lost"
        word[k] != NOTHING & losses < LOSSES
      ==>
      begin
        losses := losses + 1;
        word[k] := NOTHING;
      end;
    end;

    -- So the model goes on for ever: a state that no rule leads out of would be a deadlock.
    rule "machine: the new kernel is the old one of the next hand-over"
      phase = EXITED
    ==>
    begin
      phase := SERVING;
      serves[OLD] := serves[NEW];
      serves[NEW] := false;
      word[OLD] := NOTHING;
      word[NEW] := NOTHING;
      losses := 0;
    end;

    -- Holds in every state that can be reached.
    invariant "one kernel serves at most"
      !(serves[OLD] & serves[NEW]);

    invariant "who exits is relieved"
      phase = EXITED -> serves[NEW];

    -- From every state one can be reached in which it holds: nothing is lost for good.
    liveness "every hand-over can still end"
      phase = SERVING;

    -- Is reached at all. Each implication wants one for its left side.
    cover "the old kernel has exited"
      phase = EXITED;

    cover "the offer is lost"
      LOSSES = 0 | phase = OFFERED & word[NEW] = NOTHING & !serves[NEW];

    """

  private static let scenarios = """
    # What is checked, and what is expected: `swapcheck check` runs all of it.
    # docs/scenarios.md of swapcheck has all keys.
    version: 1

    scenarios:
      - name: handshake
        model: handshake.m
        sizes:
          - { name: no-losses, set: { LOSSES: 0 }, states: 6, rules: 9,
              dead-rules: "machine: a word is lost" }
          - { name: one-loss, states: 16, rules: 30 }

    """

  private static let gitHubJob = """
    # Checks the models that a pull request touches. Put the owner of the repository of swapcheck in place of
    # OWNER; docs/ci.md there says more.
    on: pull_request
    jobs:
      models:
        runs-on: ubuntu-24.04
        steps: [{ uses: actions/checkout@v4, with: { fetch-depth: 0 } }, { uses: OWNER/swapcheck@main }]

    """

  private static let gitLabJob = """
    # Checks the models that a merge request touches. `swapcheck` has to be in the image of the job; docs/ci.md of
    # swapcheck says more.
    swapcheck:
      stage: test
      rules:
        - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      variables:
        # All commits: where the branch was left has to be among them.
        GIT_DEPTH: 0
      script:
        - swapcheck check --changed-since "$CI_MERGE_REQUEST_DIFF_BASE_SHA..." --budget 600
      # Not all was run within the budget.
      allow_failure:
        exit_codes: [3]

    """
}
