"""The scikit-learn and xgboost sides of `bench/run learning estimators`: estimators.py tables FOLDER TREES, or estimators.py texts CSV ITERATIONS."""
import json
import os
import sys
import time
import warnings

import numpy as np

import memory

warnings.filterwarnings("ignore")
figures = {}


def timed(name, body):
    start = time.perf_counter()
    figures[name + "_mib"], result = memory.growth(body)
    figures[name + "_ms"] = (time.perf_counter() - start) * 1000
    return result


def tables(folder, trees):
    import xgboost
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier

    with np.load(os.path.join(folder, "tables.npz")) as file:
        rows, labels, wide = file["rows"], file["labels"].astype(int), file["wide"]
    held = len(rows) // 5
    train, known, test, truth = rows[held:], labels[held:], rows[:held], labels[:held]
    models = {
        "forest": RandomForestClassifier(trees, n_jobs=2, random_state=0),
        "boosting": HistGradientBoostingClassifier(max_iter=trees, early_stopping=False),
        "xgboost": xgboost.XGBClassifier(n_estimators=trees, tree_method="hist", n_jobs=2, learning_rate=0.1, max_depth=6),
    }
    for name, model in models.items():
        timed(name, lambda: model.fit(train, known))
        figures[name + "_accuracy"] = float((model.predict(test) == truth).mean())
    figures["kmeans_inertia"] = float(timed("kmeans", lambda: KMeans(10, n_init=1, random_state=0).fit(wide)).inertia_)
    figures["pca_share"] = float(timed("pca", lambda: PCA(2, svd_solver="full").fit(wide)).explained_variance_ratio_.sum())
    figures["pca_auto_share"] = float(timed("pca_auto", lambda: PCA(2).fit(wide)).explained_variance_ratio_.sum())


def texts(path, iterations):
    import pandas as pd
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    data = pd.read_csv(path)
    held = np.arange(len(data)) % 5 == 0
    vectorisers = [
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2),
    ]
    rows = timed("vectorise", lambda: hstack([v.fit_transform(data.text[~held]) for v in vectorisers]).tocsr())
    test = hstack([v.transform(data.text[held]) for v in vectorisers]).tocsr()
    model = LogisticRegression(C=10, max_iter=iterations)
    timed("logistic", lambda: model.fit(rows, data.category[~held]))
    figures["logistic_accuracy"] = float(model.score(test, data.category[held]))
    figures["columns"] = rows.shape[1]


if sys.argv[1] == "tables":
    tables(sys.argv[2], int(sys.argv[3]))
else:
    texts(sys.argv[2], int(sys.argv[3]))
print(json.dumps(figures))
