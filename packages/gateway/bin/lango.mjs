#!/usr/bin/env node
// `npx lango …` inside the checkout: the same picking of Node as the npm scripts have.
import { launch } from '../../../scripts/launch.mjs'

await launch(['lango', ...process.argv.slice(2)])
