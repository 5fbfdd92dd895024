// caught by: rooms channels-touches-no-machine
import { connect } from 'node:net'

export const call = connect
