/* Part of the test bundle: from its start on, rules that a compiler cannot compile make a search
   inconclusive, in this process and in those that it starts. A search that goes on with the
   interpreter would come to the same result, and no test would notice. */
