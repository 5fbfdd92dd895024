import { test } from 'node:test'

test.skip('a replayed confirm credits once [money 999]', () => {})
