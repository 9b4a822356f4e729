/** Wilson's 95 % interval of a share; it stands where the page can read it too. */
export { wilsonInterval } from '../../../force-app/main/default/lwc/pilotLearning/learning.ts';
