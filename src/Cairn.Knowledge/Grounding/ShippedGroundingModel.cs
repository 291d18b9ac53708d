namespace Cairn.Knowledge;

/// <summary>
/// Learned from the articles of XQuAD (English) with even numbers, inside a pool of 300,000 passages; made by <c>bench/run answer --train</c>. The
/// weights are in the order of <see cref="SentenceFeatures.Names"/> and <see cref="ConfidenceFeatures.Names"/>. Do not edit: train again.
/// </summary>
internal static class ShippedGroundingModel
{
    public static GroundingModel Value { get; } = new(
        new LinearModel(
            [
                /* coverage */ 0.9282,
                /* near count */ 1.1661,
                /* rarest term */ -0.6415,
                /* names */ -0.2040,
                /* subject matter */ -0.7486,
                /* only names */ -0.7588,
                /* asked noun */ 0.3001,
                /* adjacent pairs */ 0.3051,
                /* brief coverage */ 1.1237,
                /* brief near count */ 2.4214,
                /* length */ -0.0592,
                /* short */ -0.8206,
                /* new words */ 0.9780,
                /* new share */ -2.4780,
                /* symbols */ -13.6460,
                /* refers */ -0.2283,
                /* first */ 0.2931,
                /* with previous */ 2.2426,
                /* two before */ 1.4675,
                /* next */ 0.6907,
                /* carried */ 2.1695,
                /* pronoun and previous */ 1.0595,
                /* gap in passage */ 3.7488,
                /* better in passage */ -0.6357,
                /* local coverage */ -0.0589,
                /* local near count */ 4.1586,
                /* passage coverage */ 2.6268,
                /* passage near count */ -2.4321,
                /* passage share */ 2.9012,
                /* rank */ 2.4305,
                /* fits */ 1.1852,
                /* fits not */ -1.1313,
                /* fits and carried */ -0.3704,
                /* fits near */ 0.1712,
                /* reason */ 0.8629,
                /* definition */ 1.4330,
                /* names for asked noun */ 0.2973,
            ]),
        new LinearModel(
            [
                /* score */ 0.3317,
                /* margin */ -0.2538,
                /* probability */ 0.7679,
                /* coverage */ -2.0462,
                /* near count */ 2.1369,
                /* adjacent pairs */ 2.7671,
                /* with previous */ 1.2886,
                /* carried */ -0.1685,
                /* passage coverage */ 0.4879,
                /* best passage coverage */ -0.8693,
                /* any coverage */ 0.7844,
                /* missing from passage */ -0.4124,
                /* names in passage */ 1.2360,
                /* absent */ -0.9262,
                /* passage score */ 1.6180,
                /* passage lead */ 3.6471,
                /* fits */ -0.3945,
                /* agreement */ 1.5890,
            ],
            -8.3362),
        OperatingPoint: 0.199);
}
