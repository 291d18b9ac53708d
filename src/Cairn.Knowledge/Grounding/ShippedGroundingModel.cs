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
                /* coverage */ 1.3873,
                /* near count */ 0.7963,
                /* rarest term */ -0.5841,
                /* names */ -0.0959,
                /* subject matter */ -0.2316,
                /* only names */ -0.5217,
                /* asked noun */ 0.3115,
                /* adjacent pairs */ 0.3909,
                /* brief coverage */ 1.1029,
                /* brief near count */ 1.6327,
                /* length */ -0.3298,
                /* short */ -0.8523,
                /* new words */ 0.8142,
                /* new share */ -2.5427,
                /* symbols */ -13.2649,
                /* refers */ -0.1783,
                /* first */ 0.2123,
                /* with previous */ 2.2323,
                /* two before */ 1.2564,
                /* next */ 0.6455,
                /* carried */ 2.3934,
                /* pronoun and previous */ 0.6826,
                /* gap in passage */ 4.1060,
                /* better in passage */ -0.6681,
                /* local coverage */ -0.3028,
                /* local near count */ 4.5132,
                /* passage coverage */ 1.9248,
                /* passage near count */ -1.0892,
                /* passage share */ 2.2968,
                /* rank */ 2.6401,
                /* fits */ 1.2546,
                /* fits not */ -1.1997,
                /* fits and carried */ -0.4376,
                /* fits near */ 0.2918,
                /* reason */ 0.9222,
                /* definition */ 1.3707,
                /* names for asked noun */ 0.2526,
            ]),
        new LinearModel(
            [
                /* score */ 0.3331,
                /* margin */ -0.2400,
                /* probability */ 0.7278,
                /* coverage */ -1.6802,
                /* near count */ 1.4943,
                /* adjacent pairs */ 2.8818,
                /* with previous */ 0.8840,
                /* carried */ 0.3054,
                /* passage coverage */ 0.5005,
                /* best passage coverage */ -1.2841,
                /* any coverage */ 0.8697,
                /* missing from passage */ -0.4002,
                /* names in passage */ 1.3795,
                /* absent */ -0.7814,
                /* passage score */ 1.4131,
                /* passage lead */ 4.0327,
                /* fits */ -0.4972,
                /* agreement */ 1.5464,
            ],
            -8.0465),
        OperatingPoint: 0.164);
}
