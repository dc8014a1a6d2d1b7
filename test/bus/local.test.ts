import { openLocalBus } from '../../server/bus/local.ts'
import { busContract } from './contract.ts'

busContract('within one process', async () => openLocalBus())
