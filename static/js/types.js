// @ts-check
/**
 * The shapes that travel between server and page (docs/protocol.md). Types only: nothing here runs.
 */

/**
 * The part of a pass that an entry belongs to.
 * @typedef {"forward" | "loss" | "backward" | "update"} Phase
 */

/**
 * One piece of an entry's right-hand side, left to right. `tex` holds `#` where the operand goes;
 * an operator (`\times`, `+`, `(`) holds none and has no `ref`.
 * @typedef {object} Piece
 * @property {string} tex
 * @property {string | null} ref id of the given or entry whose value goes in
 * @property {string} meaning at most four plain words, "" for an operator
 */

/**
 * A number the pass starts from: an input, a target, a weight, a bias, the learning rate.
 * @typedef {object} Given
 * @property {string} id
 * @property {string} symbol TeX
 * @property {number} value
 * @property {string} place node or edge of the picture
 * @property {string} meaning
 */

/**
 * One number of the tape: an assignment, computed by the engine.
 * @typedef {object} Entry
 * @property {string} id
 * @property {Phase} phase
 * @property {string} symbol TeX of the quantity
 * @property {string} formula TeX, with symbols
 * @property {string} substituted TeX, with this pass's exact numbers
 * @property {number} value float64, never rounded
 * @property {string[]} parents ids it was computed from
 * @property {string} because one plain sentence, true of these numbers
 * @property {string} place node or edge of the picture
 * @property {Piece[]} pieces
 */

/** @typedef {"sigmoid" | "tanh" | "relu" | "leaky_relu" | "linear" | "softmax"} ActivationName */
/** @typedef {"half_squared_error" | "squared_error" | "binary_cross_entropy" | "cross_entropy"} LossName */
/** @typedef {"gradient" | "error_term"} SignName */
/** @typedef {"xavier" | "he" | "normal" | "uniform" | "zeros" | "constant"} InitializerName */

/**
 * Explicit starting weights: `weights[l][i][j]` runs from node i of layer l to node j of layer l + 1.
 * @typedef {object} GivenInitial
 * @property {"given"} kind
 * @property {number[][][]} weights
 * @property {number[][] | null} [biases] absent or null when the network has none
 */

/**
 * Starting weights drawn by the engine.
 * @typedef {object} RandomInitial
 * @property {"random"} kind
 * @property {InitializerName} initializer
 * @property {number} seed
 */

/**
 * A complete description of a run, version 1. Equal specs give equal bits.
 * @typedef {object} Spec
 * @property {1} v
 * @property {number[]} layers widths, inputs first
 * @property {ActivationName[]} activations one per layer of weights
 * @property {LossName} loss
 * @property {number} learning_rate
 * @property {boolean} biases
 * @property {GivenInitial | RandomInitial} initial
 * @property {{x: number[][], y: number[][]}} data one row per sample
 * @property {SignName} [sign] how derivatives of the loss are written; absent: as they are
 * @property {boolean} [hold] the update is held back: a pass ends with its gradients; absent: it is not
 */

/**
 * The parameters before a pass.
 * @typedef {object} NetworkParameters
 * @property {number[][][]} weights
 * @property {number[][] | null} biases
 */

/**
 * One parameter's gradient, found in two ways.
 * @typedef {object} CheckedParameter
 * @property {string} edge
 * @property {number} backpropagation
 * @property {number} nudging central difference
 * @property {number} relative_difference
 */

/**
 * Every gradient of a pass against central differences.
 * @typedef {object} CheckReport
 * @property {CheckedParameter[]} parameters
 * @property {string} worst edge
 * @property {number} worst_relative_difference
 * @property {number} tolerance
 * @property {boolean} passed
 */

/**
 * Why a request was refused.
 * @typedef {object} RefusalReason
 * @property {string} field
 * @property {unknown} got
 * @property {string} takes
 * @property {string} message
 */

/**
 * The first pass at which numbers stop being finite.
 * @typedef {object} Divergence
 * @property {number} pass
 * @property {string} [message]
 * @property {{pass: number, largest: number | null}[]} [growth] largest change of each of the last passes; null: beyond float64
 * @property {(Omit<Entry, "value"> & {value: null}) | null} [entry] the first number that is not finite
 */

/**
 * @typedef {object} Refusal
 * @property {false} ok
 * @property {RefusalReason} error
 * @property {Divergence} [diverged]
 */

/** A hidden delta as it would be if the weights had moved before the blame came back. @typedef {{node: string, delta: number, percent: number | null}} MovedFirst */

/**
 * One pass: what it started from, its tape, its gradient check.
 * @typedef {object} PassBody
 * @property {number} pass
 * @property {number} sample row of the data that this pass used
 * @property {NetworkParameters} network parameters before this pass
 * @property {Given[]} givens
 * @property {Entry[]} entries
 * @property {CheckReport} check
 * @property {MovedFirst[]} moved_first
 */

/**
 * Answer to `pass`.
 * @typedef {PassBody & {ok: true, spec: Spec, history: number[]}} PassAnswer
 */

/**
 * Answer to `passes`.
 * @typedef {object} PassesAnswer
 * @property {true} ok
 * @property {Spec} spec
 * @property {PassBody[]} passes
 * @property {number[]} history loss of every pass from 0 to the last one sent
 * @property {Divergence} [diverged]
 */

/**
 * Answer to `new_weights`.
 * @typedef {object} NewWeightsAnswer
 * @property {true} ok
 * @property {GivenInitial} initial
 * @property {number} seed
 */

/**
 * @template {string} [Name=string]
 * @typedef {{name: Name, label: string}} Choice
 */

/**
 * Answer to `catalog`: everything that can be chosen.
 * @typedef {object} Catalog
 * @property {true} ok
 * @property {(Choice<ActivationName> & {steepest: number | null})[]} activations
 * @property {Choice<LossName>[]} losses
 * @property {Choice<SignName>[]} signs
 * @property {Choice<InitializerName>[]} initializers
 * @property {{name: string, label: string, spec: Spec}[]} presets
 * @property {{name: string, label: string, spec: RunSpec, epochs: number}[]} run_presets
 * @property {Examples} examples what the small figures begin with
 * @property {(Choice & {hyper: Record<string, number>})[]} optimizers
 * @property {Verdict["kind"][]} verdicts
 * @property {Record<string, any>} limits
 */

/**
 * @typedef {object} Examples
 * @property {BatchWanted} batch
 * @property {{alike: RunSpec, nudged: RunSpec, edge: string, by: number, epochs: number}} twins
 * @property {{spec: RunSpec, epochs: number}} overflow
 */

/**
 * What the page is served with.
 * @typedef {{catalog: Catalog, first: PassAnswer}} Boot
 */

/**
 * Every event: what is asked and what comes back when it is not refused.
 * @typedef {object} Exchanges
 * @property {{payload: {spec: Spec, pass: number}, answer: PassAnswer}} pass
 * @property {{payload: {spec: Spec, start: number, count: number}, answer: PassesAnswer}} passes
 * @property {{payload: {layers: number[], activations: ActivationName[], biases: boolean,
 *   initializer: InitializerName, seed?: number | null}, answer: NewWeightsAnswer}} new_weights
 * @property {{payload: Record<string, never>, answer: Catalog}} catalog
 * @property {{payload: HillWanted, answer: HillAnswer}} hill
 * @property {{payload: ExportWanted, answer: ExportAnswer}} export
 * @property {{payload: RunWanted, answer: RunAnswer}} run
 * @property {{payload: {spec: RunSpec, stop: number, seeds: number}, answer: Typical}} seeds
 * @property {{payload: Record<string, never>, answer: any}} guessing
 * @property {{payload: {depth: number}, answer: DepthAnswer}} depth
 * @property {{payload: BatchWanted, answer: BatchAnswer}} batch
 * @property {{payload: {minutes?: number}, answer: {ok: true, code: string, key: string, ends: number}}} class_start
 * @property {{payload: {code: string, key: string}, answer: ClassEntered}} class_teach
 * @property {{payload: {code: string, learner: string}, answer: ClassEntered}} class_join
 * @property {{payload: {code: string}, answer: {ok: true}}} class_leave
 * @property {{payload: {code: string, key: string, figure: string, state: string}, answer: {ok: true, number: number}}} class_show
 * @property {{payload: {code: string, key: string, kind: string, about: string, choices: number}, answer: {ok: true, question: import("./class-room.js").Question}}} class_ask
 * @property {{payload: {code: string, learner: string, question: number, choice: number}, answer: {ok: true}}} class_answer
 * @property {{payload: {code: string, key: string}, answer: {ok: true, counts: number[]}}} class_reveal
 * @property {{payload: {code: string, key: string}, answer: {ok: true}}} class_end
 */

/**
 * What a page is told as it comes into a class; `counts` where the answers are revealed, or to the teacher.
 * @typedef {{ok: true, code: string, ends: number, shown: import("./class-room.js").Shown|null,
 *   question: import("./class-room.js").Question|null, here: number, counts?: number[]}} ClassEntered
 */

/** What a file is of: a pass (`spec`, `pass`) or a run (`spec`, `epoch`). @typedef {{kind: string, spec: Spec, pass: number} | {kind: string, spec: RunSpec, epoch: number, every?: number | null}} ExportWanted */
/** @typedef {{ok: true, name: string, type: string, text: string}} ExportAnswer */

/**
 * @typedef {object} HillWanted
 * @property {string} landscape
 * @property {Spec} [spec] with the landscape `slice`, as are `pass` and `weight`
 * @property {number} [pass]
 * @property {string} [weight]
 * @property {number | null} start
 * @property {number | null} learning_rate
 * @property {number} steps
 * @property {boolean} curve
 */

/**
 * @typedef {"arrived" | "stuck" | "crawling" | "descending" | "overshooting" | "bouncing" | "leaping" | "stranding" | "diverging"} HillVerdict
 */

/**
 * The numbers that a verdict rests on; null: there is none, or it is beyond float64.
 * @typedef {object} HillReason
 * @property {number | null} length
 * @property {number | null} way
 * @property {number | null} bottom
 * @property {number | null} way_after
 * @property {number | null} loss_before
 * @property {number | null} loss_after
 */

/**
 * One place of the ball, and the step that it will take from there.
 * @typedef {object} HillStop
 * @property {number} number
 * @property {number} x
 * @property {number | null} loss
 * @property {number | null} slope
 * @property {number | null} step
 * @property {number | null} after
 * @property {HillVerdict} verdict
 * @property {HillReason} reason
 * @property {number} [rate] of a step that was taken, known to the page only
 */

/**
 * @typedef {object} HillLandscape
 * @property {string} name
 * @property {string} label
 * @property {string} formula TeX
 * @property {string} plain
 * @property {string} axis "x", or an edge
 * @property {number} low
 * @property {number} high
 * @property {number} start
 * @property {{x: number, loss: number | null}[]} minima
 * @property {number[]} ridges
 * @property {{low: number, high: number, default: number}} rates
 */

/** @typedef {{x: number[], loss: (number | null)[]}} HillCurve */

/**
 * Answer to `hill`.
 * @typedef {object} HillAnswer
 * @property {true} ok
 * @property {HillLandscape} landscape
 * @property {number} learning_rate
 * @property {HillStop[]} stops
 * @property {"arrived" | "stuck" | "diverged" | null} ended
 * @property {HillCurve} [curve]
 */

/**
 * Quartiles over all starts, per layer, the first layer first; null: beyond float64.
 * @typedef {{low: (number | null)[], median: (number | null)[], high: (number | null)[]}} LayerSizes
 */

/**
 * What becomes of the blame in networks of one activation, with weights of `scale` times an initialiser's size.
 * @typedef {object} DepthCurve
 * @property {ActivationName} activation
 * @property {InitializerName} initializer
 * @property {number} scale
 * @property {"vanishes" | "level" | "explodes"} verdict
 * @property {number | null} ratio the first layer's share
 * @property {number} flat share of slopes below a tenth of the steepest
 * @property {LayerSizes} shares of the blame, where the last layer's median is 1
 * @property {LayerSizes} blame
 * @property {LayerSizes} gradients
 */

/** @typedef {{ok: true, depth: number, width: number, starts: number, samples: number, vanishes_below: number, explodes_above: number, curves: DepthCurve[]}} DepthAnswer */

/** @typedef {{spec: Spec, edges: string[]}} BatchWanted */
/** A gradient in the plane of two parameters. @typedef {{gradient: [number, number], length: number}} PlaneGradient */
/** A move against a gradient, and where it ends. @typedef {PlaneGradient & {move: [number, number], move_length: number, end: [number, number]}} PlaneMove */

/**
 * One epoch as one move and as many, in the plane of two parameters.
 * @typedef {object} BatchAnswer
 * @property {true} ok
 * @property {[string, string]} edges
 * @property {number} learning_rate
 * @property {[number, number]} start
 * @property {number} loss mean over the rows, as everywhere here
 * @property {(PlaneGradient & {loss: number, tip: [number, number]})[]} rows `tip`: where the arrow ends, head to tail from 0
 * @property {PlaneMove & {loss: number}} sum
 * @property {PlaneMove & {loss: number}} mean
 * @property {{moves: (PlaneMove & {from: [number, number]})[], end: [number, number], length: number, loss: number, apart: {sum: number, mean: number}}} one_at_a_time
 */

/** @typedef {"connecting" | "connected" | "reconnecting" | "closed"} ConnectionStatus */

/**
 * What can be said of a run so far, with its evidence: `uphill` of `steps` steps raised the loss.
 * @typedef {object} Verdict
 * @property {"ready" | "begun" | "crawling" | "learning" | "solved" | "stuck" | "worse" | "bouncing" | "cycling" | "chaotic" | "diverged"} kind
 * @property {number} at epoch from which it holds
 * @property {number} uphill
 * @property {number} steps
 */

/**
 * One lane at one epoch.
 * @typedef {object} LaneFrame
 * @property {Float64Array} parameters for each layer of weights: W row by row, (n_in, n_out), then b where there are biases
 * @property {Float64Array} outputs samples × outputs, row by row
 * @property {number | null} gradNorm length of the gradient over all samples; null beyond float64
 * @property {number | null} loss
 * @property {Verdict} verdict
 * @property {Uint8Array | null} surface n × n; row 0 is x2 at its lowest, column 0 is x1 at its lowest; 0..255 is output 0..1
 */

/**
 * Every lane at one epoch.
 * @typedef {{epoch: number, lanes: LaneFrame[]}} RunFrame
 */

/**
 * The losses of one lane so far.
 * @typedef {object} LaneCurve
 * @property {Float64Array} losses losses[0..known-1] are there
 * @property {number} known at most losses.length
 * @property {number | null} diverged the epoch at which numbers stopped being finite
 */

/**
 * One lane of a run: where it starts and how it learns.
 * @typedef {object} LaneSpec
 * @property {number} learning_rate
 * @property {GivenInitial | RandomInitial} initial
 * @property {string} [optimizer]
 * @property {Record<string, number>} [hyper]
 */

/**
 * A complete description of a training run, version 1.
 * @typedef {object} RunSpec
 * @property {1} v
 * @property {number[]} layers
 * @property {ActivationName[]} activations
 * @property {LossName} loss
 * @property {"mean" | "sum"} [reduction]
 * @property {boolean} biases
 * @property {{x: number[][], y: number[][]}} data
 * @property {number | null} [batch]
 * @property {number} [order_seed]
 * @property {LaneSpec[]} lanes
 */

/** @typedef {{spec: RunSpec, epoch: number, stop: number, every?: number | null, grid?: number}} RunWanted */

/**
 * Answer to `run`: a small head, and a buffer that `decodeChunk` reads.
 * @typedef {object} RunAnswer
 * @property {true} ok
 * @property {number} epoch
 * @property {number} stop may be less than was asked for
 * @property {number[]} frames epochs of the frames
 * @property {(number | null)[]} diverged per lane
 * @property {number} parameters
 * @property {number} samples
 * @property {number} outputs
 * @property {number} grid
 * @property {number | null} finish loss of a network that misses every target by 0.2
 * @property {number} low
 * @property {number} high
 * @property {ArrayBuffer} body
 */

/**
 * Answer to `seeds`: the epoch at which each start first solves it, null where it does not.
 * @typedef {{ok: true, epochs: number, solved: (number | null)[], share: number, median: number | null}} Typical
 */

export {};
