// @ts-nocheck -- neither engine has types
// XOR on 2-4-1, sigmoid throughout, in an engine from npm; one epoch is the four samples one after the other (neither
// knows batches), with the epoch's loss recorded. Run: node javascript_xor.js brain.js|synaptic
// For each line on standard input, a number of epochs, it answers with the nanoseconds they took and the last loss.

import { createInterface } from "node:readline";
import brain from "brain.js";
import synaptic from "synaptic";

const XOR = [[[0, 0], [0]], [[0, 1], [1]], [[1, 0], [1]], [[1, 1], [0]]];
const RATE = 0.1;

/** brain.js: loops over layers and nodes; its own training loop, with its error of every epoch. */
function brainEngine() {
  const network = new brain.NeuralNetwork({ hiddenLayers: [4], activation: "sigmoid" });
  const samples = XOR.map(([input, output]) => ({ input, output }));
  return (epochs) => {
    const losses = new Float64Array(epochs);
    let known = 0;
    network.train(samples, { iterations: epochs, errorThresh: 1e-30, learningRate: RATE, callbackPeriod: 1,
                             callback: (status) => { losses[known++] = status.error; } });
    return losses;
  };
}

/** synaptic: writes a program for this one network, without a loop, and has it compiled by the browser. */
function synapticEngine() {
  const network = new synaptic.Architect.Perceptron(2, 4, 1);
  return (epochs) => {
    const losses = new Float64Array(epochs);
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (const [inputs, targets] of XOR) {
        const miss = network.activate(inputs)[0] - targets[0];
        losses[epoch] += 0.5 * miss * miss;
        network.propagate(RATE, targets);
      }
    }
    return losses;
  };
}

const train = process.argv[2] === "synaptic" ? synapticEngine() : brainEngine();
for await (const line of createInterface({ input: process.stdin })) {
  const begun = process.hrtime.bigint();
  const losses = train(Number(line));
  console.log(`${process.hrtime.bigint() - begun} ${losses.at(-1)}`);
}
