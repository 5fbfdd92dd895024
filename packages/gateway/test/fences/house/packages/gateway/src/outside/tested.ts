// caught by: rooms outside-looks-only-where-allowed, rooms source-knows-no-test
import { world } from '../../test/world.ts'

export const tested = world
