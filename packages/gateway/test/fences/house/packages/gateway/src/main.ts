// caught by: unused undici, unused orphan-of-npm, rooms everything-resolves
import './outside/unused-export.ts'
import { used } from './outside/unused-export.ts'
import { nothing } from 'orphan-of-npm'
import { Agent } from 'undici'

export const main = [used, nothing, Agent]
