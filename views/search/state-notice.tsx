/** @jsxImportSource preact */
import type { Asked } from '#src/search/asked.ts';
import { Empty } from '../shared/empty.tsx';
import { words } from '../words/words.ts';
import { searchPath } from './path.ts';
import type { SearchState } from './search-page.tsx';

type Props = {
  state: Exclude<SearchState, { kind: 'found' }>;
  asked: Asked;
  level: 'h2' | 'h3';
};

/** Why there is nothing to show yet, and what to do. */
export function StateNotice({ state, asked, level }: Props) {
  const [title = '', text = ''] =
    state.kind === 'often' ? words.search.often(state.waitSeconds) : words.search.states[state.kind];
  const canRepeat = state.kind === 'late' || state.kind === 'busy' || state.kind === 'often';
  return (
    <Empty level={level} title={title} text={text}>
      {canRepeat ? (
        <a class="btn" href={searchPath(asked)}>
          {words.search.again}
        </a>
      ) : undefined}
    </Empty>
  );
}
