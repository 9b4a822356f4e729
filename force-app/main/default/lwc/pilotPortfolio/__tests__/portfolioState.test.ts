import { readAddress, writeAddress } from '../portfolioState';

describe('the address of a portfolio', () => {
  it('is empty for the defaults: all pilots for a manager, the own ones for a rep', () => {
    for (const isManager of [true, false]) {
      const state = readAddress({}, isManager);
      expect(state.isMine).toBe(!isManager);
      expect(Object.values(writeAddress(state, isManager)).filter((one) => one !== undefined)).toEqual([]);
    }
  });

  it('gives back every state that it was written from', () => {
    for (const isManager of [true, false])
      for (const isMine of [true, false])
        for (const health of [null, 'At risk'] as const)
          for (const sort of ['health', 'value'] as const)
            for (const isDescending of [true, false]) {
              const state = {
                isMine,
                health,
                sort,
                isDescending,
                hasContradiction: isMine,
                person: health === null ? null : '005000000000001AAA',
                page: isMine ? 3 : 0,
                tab: isMine ? ('calendar' as const) : ('list' as const),
                month: isMine ? '2026-12' : null,
              };
              expect(readAddress(writeAddress(state, isManager), isManager)).toEqual(state);
            }
  });

  it('takes the default for what makes no sense', () => {
    const address = {
      c__health: 'Sick',
      c__sort: '-owner',
      c__page: '-2',
      c__person: "005' OR",
      c__view: 'map',
      c__month: '2026-13',
    };
    expect(readAddress(address, true)).toEqual({ ...readAddress({}, true), isDescending: true });
  });
});
